public import SystemPackage

/// What to run, completely: nothing is inherited from the gateway.
public struct ProcessSpec: Equatable, Sendable {
    /// The file to execute, as `ExecutableLookup` resolves it.
    public var executable: FilePath
    /// What the program sees as its own name (`argv[0]`).
    public var name: String
    /// The arguments after the name.
    public var arguments: [String]
    /// The whole environment of the program.
    public var environment: [String: String]
    /// Where the program starts; nil keeps the gateway's directory.
    public var workingDirectory: FilePath?
    /// The permission bits that are cleared on files the program creates.
    public var umask: FilePermissions
    /// The user to run as, by name or number; nil keeps the gateway's.
    ///
    /// Brings the user's group and further groups from /etc/passwd and /etc/group.
    public var user: String?
    /// The group to run as, by name or number; nil means the user's, or the gateway's where there is no user.
    public var group: String?
    /// What the program may use.
    public var limits: ProcessLimits
    /// What the program reads from a file that is written for it before it is started; nil if there is no such file.
    ///
    /// Nothing is done with it here: it is part of the digest, so that a program that has read something else is not taken
    /// for this one.
    public var document: String?
    /// What becomes of it when the gateway dies and is started again.
    ///
    /// Needs a record; one that is started without is stopped.
    public var onGatewayRestart = GatewayRestartPolicy.stop
    /// The number, 3 to 9, of a descriptor on which the program says that it is ready, by writing a line end; nil gives it
    /// none.
    ///
    /// This is the readiness notification of s6 and its kin.
    public var notifyDescriptor: Int32?

    /// Describes a program.
    ///
    /// - Parameters:
    ///   - executable: the file to execute; a relative path starts at the working directory.
    ///   - name: `argv[0]`; the executable's path if nil.
    ///   - arguments: the arguments after `argv[0]`.
    ///   - environment: the whole environment.
    ///   - workingDirectory: where the program starts; nil keeps the gateway's directory.
    ///   - umask: the permission bits to clear, 022 unless given.
    ///   - user: the user to run as, by name or number.
    ///   - group: the group to run as, by name or number.
    ///   - limits: what the program may use; nothing is limited unless given.
    public init(
        executable: FilePath,
        name: String? = nil,
        arguments: [String] = [],
        environment: [String: String] = [:],
        workingDirectory: FilePath? = nil,
        umask: FilePermissions = [.groupWrite, .otherWrite],
        user: String? = nil,
        group: String? = nil,
        limits: ProcessLimits = ProcessLimits()
    ) {
        self.executable = executable
        self.name = name ?? executable.string
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.umask = umask
        self.user = user
        self.group = group
        self.limits = limits
    }

    /// The numbers that a notify descriptor may have: above the standard streams, below those that a start needs itself.
    public static let notifyDescriptors: ClosedRange<Int32> = 3...9

    /// Refuses what the kernel would silently cut or misread.
    func validate() throws(ProcessControlError) {
        if let notifyDescriptor, !Self.notifyDescriptors.contains(notifyDescriptor) {
            throw invalid("the notify descriptor \(notifyDescriptor) is not one of 3 to 9")
        }
        for argument in [name] + arguments where argument.utf8.contains(0) {
            throw invalid("an argument contains a NUL byte")
        }
        for (variable, value) in environment {
            if variable.isEmpty || variable.utf8.contains(UInt8(ascii: "=")) || variable.utf8.contains(0) {
                throw invalid("the environment variable name \(variable.debugDescription) is not allowed")
            }
            // The value may be a secret.
            if value.utf8.contains(0) {
                throw invalid("the value of the environment variable \(variable) contains a NUL byte")
            }
        }
        if let problem = limits.problem {
            throw invalid(problem)
        }
    }

    private func invalid(_ problem: String) -> ProcessControlError {
        ProcessControlError(
            .invalidSpecification,
            "cannot start \(executable): \(problem)",
            remedy: "correct the configuration of this process"
        )
    }
}
