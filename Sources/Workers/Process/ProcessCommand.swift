public import ProcessControl
public import SystemPackage

/// A command line as an operator declares it: the program by name or path, not yet looked up.
public struct ProcessCommand: Sendable, Equatable {
    /// The program's name, to be looked up in `PATH`, or its path.
    public let program: String
    /// The arguments after the program's name.
    public let arguments: [String]
    /// The complete environment of the process.
    public let environment: ProcessEnvironment
    /// Where the process runs, and what a relative path of the program is relative to.
    public let workingDirectory: FilePath?
    /// The permissions that files made by the process do not get.
    public let umask: FilePermissions
    /// As whom the process runs, by name or number; nil is the gateway's own user.
    public let user: String?
    /// The group of the process, by name or number; nil is the user's own.
    public let group: String?
    /// What the process may use.
    public let limits: ProcessLimits
    /// What becomes of the process when the gateway dies and is started again.
    public let onGatewayRestart: GatewayRestartPolicy
    /// Whether a start takes so much from the machine that only a few may start at a time.
    public let isHeavy: Bool

    /// Creates a command.
    public init(
        program: String,
        arguments: [String] = [],
        environment: ProcessEnvironment,
        workingDirectory: FilePath? = nil,
        umask: FilePermissions = [.groupWrite, .otherWrite],
        user: String? = nil,
        group: String? = nil,
        limits: ProcessLimits = ProcessLimits(),
        onGatewayRestart: GatewayRestartPolicy = .stop,
        isHeavy: Bool = false
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.umask = umask
        self.user = user
        self.group = group
        self.limits = limits
        self.onGatewayRestart = onGatewayRestart
        self.isHeavy = isHeavy
    }

    /// The same program with further arguments, and further variables in its environment.
    func appending(_ arguments: [String], environment: [String: String] = [:]) -> ProcessCommand {
        ProcessCommand(
            program: program,
            arguments: self.arguments + arguments,
            environment: self.environment.adding(environment),
            workingDirectory: workingDirectory,
            umask: umask,
            user: user,
            group: group,
            limits: limits,
            onGatewayRestart: onGatewayRestart,
            isHeavy: isHeavy
        )
    }

    /// Finds the program and returns what is to be started.
    ///
    /// Reads the file system.
    ///
    /// - Returns: the specification for the process reactor.
    /// - Throws: ``ProcessControlError`` that says where the program was looked for.
    public func resolve() throws(ProcessControlError) -> ProcessSpec {
        let lookup = ExecutableLookup(searchPath: environment.path, workingDirectory: workingDirectory)
        var spec = ProcessSpec(
            executable: try lookup.resolve(program),
            name: program,
            arguments: arguments,
            environment: environment.variables,
            workingDirectory: workingDirectory,
            umask: umask,
            user: user,
            group: group,
            limits: limits
        )
        spec.onGatewayRestart = onGatewayRestart
        return spec
    }
}
