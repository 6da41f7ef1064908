/// A command whose exit code tells how a process does; 0 means success.
public struct ExecProbe: Sendable, Equatable {
    /// The program, to be looked up in the process's `PATH`, or its path.
    public var program: String
    /// The arguments after the program's name.
    public var arguments: [String]

    /// Describes a command.
    ///
    /// - Parameters:
    ///   - program: The program, to be looked up in the process's `PATH`, or its path.
    ///   - arguments: The arguments after the program's name.
    public init(program: String, arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }
}
