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
        case (.workingDirectory, _): "create the directory or correct its path and permissions"
        case (.execute, .noSuchFileOrDirectory):
            "check the path and, for a script or a dynamic program, its interpreter"
        case (.execute, .permissionDenied): "set the run bit, and check that the file system is not mounted noexec"
        case (.execute, .execFormatError): "install the program for this machine's architecture"
        case (.execute, .argListTooLong): "shorten the arguments or the environment"
        default: "check the limits of this service and the kernel's log"
        }
    }
}
