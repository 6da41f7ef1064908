internal import Glibc
public import SystemPackage

/// What went wrong in process control: on what, and what to do next.
public struct ProcessControlError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of a failure, for programs.
    public enum Code: String, Equatable, Sendable {
        /// No file of that name was found.
        case executableNotFound = "executable_not_found"
        /// The file lacks the run bit for this user.
        case executableNotRunnable = "executable_not_runnable"
        /// The path names a directory.
        case executableIsDirectory = "executable_is_directory"
        /// A string of the specification cannot be passed to a program.
        case invalidSpecification = "invalid_specification"
        /// The user or the group to run as is not known.
        case unknownAccount = "unknown_account"
        /// No cgroups can be made for children; everything works without.
        case cgroupUnavailable = "cgroup_unavailable"
        /// The program could not be started; `stage` says at which step.
        case spawnFailed = "spawn_failed"
        /// This process or the machine has no free descriptor.
        case outOfDescriptors = "out_of_descriptors"
        /// No further process may be created.
        case outOfProcesses = "out_of_processes"
        /// The record in the run directory could not be written.
        case recordFailed = "record_failed"
        /// The reactor could not be set up.
        case reactorUnavailable = "reactor_unavailable"
        /// Too many spawns are waiting already.
        case reactorBusy = "reactor_busy"
        /// The reactor was shut down.
        case reactorClosed = "reactor_closed"
        /// The run directory cannot be used.
        case runDirectoryUnusable = "run_directory_unusable"
        /// Another gateway holds the run directory.
        case alreadyRunning = "already_running"
        /// The process no longer exists.
        case processGone = "process_gone"
        /// A child of an earlier gateway is not what its record says, or cannot be watched.
        case adoptionRefused = "adoption_refused"
        /// A file below /proc could not be read or understood.
        case statisticsUnavailable = "statistics_unavailable"
    }

    /// The kind of the failure.
    public let code: Code
    /// What failed, and on what.
    public let message: String
    /// What a person can do about it.
    public let remedy: String
    /// The step of a spawn that failed.
    public let stage: SpawnStage?
    /// The system's own reason.
    public let errno: Errno?

    /// The message, the system's reason and the remedy in one line.
    public var description: String {
        let reason = errno.map { ": \($0)" } ?? ""
        return "\(message)\(reason); \(remedy)"
    }

    init(_ code: Code, _ message: String, remedy: String, stage: SpawnStage? = nil, errno: Errno? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.stage = stage
        self.errno = errno
    }
}

extension Errno {
    /// The reason of the system call that has just failed on this thread.
    static var latest: Errno { Errno(rawValue: Glibc.errno) }
}
