/// One thing that is wrong with the configuration.
public struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The place to correct.
    public let source: ConfigurationSource
    /// The setting, such as `processes[2].restart.policy`; empty where the whole file is meant.
    public let path: String
    /// What is wrong and what is allowed.
    public let message: String

    /// Makes a problem.
    ///
    /// - Parameters:
    ///   - source: The place to correct.
    ///   - path: The setting; empty where the whole file is meant.
    ///   - message: What is wrong and what is allowed.
    public init(source: ConfigurationSource, path: String, message: String) {
        self.source = source
        self.path = path
        self.message = message
    }

    /// The problem on one line: `file:line:column: path: message`.
    public var description: String {
        let text = path.isEmpty ? "\(source): \(message)" : "\(source): \(path): \(message)"
        return text.escapingControls()
    }
}
