/// Why logging could not be set up.
public struct JSONLoggingError: Error, Equatable, CustomStringConvertible {
    /// What kind of set-up failed.
    public enum Code: String, Sendable, Equatable {
        /// A level name is none of the seven.
        case unknownLevel
        /// The descriptor cannot be written to.
        case invalidDescriptor
        /// The system refused the writer's thread.
        case threadUnavailable
    }

    /// The kind of failure, for code that decides on it.
    public let code: Code
    /// What failed, on what, and what to do next.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message in one line.
    public var description: String { "\(code.rawValue): \(message)" }
}
