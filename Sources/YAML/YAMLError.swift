/// Why a text is not accepted as YAML.
public struct YAMLError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: Sendable, Equatable {
        /// The text breaks YAML's grammar.
        case syntax
        /// The text is not UTF-8, or holds control characters that YAML forbids.
        case encoding
        /// The text holds a second document.
        case severalDocuments
        /// An alias names no finished anchor.
        case unknownAlias
        /// The text exceeds a limit.
        case limit
        /// There was no memory for the parser.
        case outOfMemory
    }

    /// The kind of failure.
    public let code: Code
    /// Where the failure was noticed.
    public let mark: YAMLMark
    /// What is wrong and what would be accepted, without the place.
    public let message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - mark: Where it was noticed.
    ///   - message: What is wrong and what would be accepted.
    public init(_ code: Code, at mark: YAMLMark, _ message: String) {
        self.code = code
        self.mark = mark
        self.message = message
    }

    /// The place and the message: `line:column: message`.
    public var description: String { "\(mark): \(message)" }
}
