internal import CProcessControl
internal import SystemPackage

/// The step at which the start of a program failed.
public enum SpawnStage: String, Equatable, Sendable, CaseIterable {
    /// The output pipes could not be made.
    case pipes
    /// The process could not be created.
    case fork
    /// The child could not open a session of its own.
    case session
    /// The child's descriptors could not be arranged.
    case descriptors
    /// No standard input could be made for the child.
    case standardInput = "standard_input"
    /// The child could not read its identity from /proc/self/stat.
    case identity
    /// The child's record could not be written.
    case record
    /// The child's cgroup could not be made, limited or joined.
    case cgroup
    /// A resource limit could not be set.
    case limits
    /// The scheduling priority could not be set.
    case nice
    /// The OOM score could not be adjusted.
    case oomScore = "oom_score"
    /// The user or the group could not be changed, or is not known.
    case user
    /// The working directory could not be entered.
    case workingDirectory = "working_directory"
    /// The signal mask could not be reset.
    case signals
    /// The program could not be executed.
    case execute

    /// The stage that the shim reported; nil for success.
    init?(shim stage: Int32) {
        switch UInt32(bitPattern: stage) {
        case PC_STAGE_FORK.rawValue: self = .fork
        case PC_STAGE_SESSION.rawValue: self = .session
        case PC_STAGE_DESCRIPTORS.rawValue: self = .descriptors
        case PC_STAGE_STANDARD_INPUT.rawValue: self = .standardInput
        case PC_STAGE_IDENTITY.rawValue: self = .identity
        case PC_STAGE_RECORD.rawValue: self = .record
        case PC_STAGE_CGROUP.rawValue: self = .cgroup
        case PC_STAGE_LIMITS.rawValue: self = .limits
        case PC_STAGE_NICE.rawValue: self = .nice
        case PC_STAGE_OOM_SCORE.rawValue: self = .oomScore
        case PC_STAGE_USER.rawValue: self = .user
        case PC_STAGE_WORKING_DIRECTORY.rawValue: self = .workingDirectory
        case PC_STAGE_SIGNALS.rawValue: self = .signals
        case PC_STAGE_EXECUTE.rawValue: self = .execute
        default: return nil
        }
    }

    /// The error that describes a failure of this stage.
    func failure(_ errno: Errno, of spec: ProcessSpec) -> ProcessControlError {
        ProcessControlError(code(for: errno), message(for: spec), remedy: remedy(for: errno), stage: self, errno: errno)
    }

    private func code(for errno: Errno) -> ProcessControlError.Code {
        switch errno {
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem: .outOfDescriptors
        case .resourceTemporarilyUnavailable where self == .fork: .outOfProcesses
        case _ where self == .record: .recordFailed
        default: .spawnFailed
        }
    }

    private func message(for spec: ProcessSpec) -> String {
        switch self {
        case .pipes: "cannot make the output pipes of \(spec.executable)"
        case .fork: "cannot create a process for \(spec.executable)"
        case .session: "cannot open a session for \(spec.executable)"
        case .descriptors: "cannot arrange the descriptors of \(spec.executable)"
        case .standardInput: "cannot make a standard input for \(spec.executable)"
        case .identity: "cannot read /proc/self/stat for \(spec.executable)"
        case .record: "cannot record the start of \(spec.executable)"
        case .cgroup: "cannot put \(spec.executable) into a cgroup of its own"
        case .limits: "cannot set the resource limits of \(spec.executable)"
        case .nice: "cannot set the nice value of \(spec.executable)"
        case .oomScore: "cannot adjust the OOM score of \(spec.executable)"
        case .user: "cannot run \(spec.executable) as \(Self.accountName(of: spec))"
        case .workingDirectory: "cannot enter \(spec.workingDirectory?.string ?? "the working directory")"
        case .signals: "cannot reset the signals of \(spec.executable)"
        case .execute: "cannot execute \(spec.executable)"
        }
    }

    private func remedy(for errno: Errno) -> String {
        switch (self, errno) {
        case (_, .tooManyOpenFiles), (_, .tooManyOpenFilesInSystem): "raise the limit of open files"
        case (.fork, .resourceTemporarilyUnavailable): "raise the limit of processes of this user or service"
        case (.standardInput, _): "provide /dev/null"
        case (.identity, _): "mount /proc"
        case (.record, _): "make room in the run directory"
        case (.cgroup, _): "check that the service may delegate (Delegate=yes), or remove the cpu and memory limits"
        case (.limits, .notPermitted): "lower the limit, or raise that of the gateway (LimitNOFILE=, CAP_SYS_RESOURCE)"
        case (.nice, _), (.oomScore, _): "raise the value, or give the gateway CAP_SYS_NICE and CAP_SYS_RESOURCE"
        case (.user, _): "run the gateway as root or with CAP_SETUID and CAP_SETGID, or run the program as its user"
        case (.workingDirectory, _): "create the directory or correct its path and permissions"
        case (.execute, .noSuchFileOrDirectory):
            "check the path and, for a script or a dynamic program, its interpreter"
        case (.execute, .permissionDenied): "set the run bit, and check that the file system is not mounted noexec"
        case (.execute, .execFormatError): "install the program for this machine's architecture"
        case (.execute, .argListTooLong): "shorten the arguments or the environment"
        default: "check the limits of this service and the kernel's log"
        }
    }

    private static func accountName(of spec: ProcessSpec) -> String {
        let user = spec.user.map { "user \($0)" }
        let group = spec.group.map { "group \($0)" }
        return [user, group].compactMap(\.self).joined(separator: ", ")
    }
}
