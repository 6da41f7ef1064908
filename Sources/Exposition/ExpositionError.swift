/// Why the registry refused a registration or a lookup, or a document of families was refused.
public struct ExpositionError: Error, Equatable, CustomStringConvertible {
    /// What kind of rule was broken.
    public enum Code: String, Sendable, Equatable {
        /// The metric name is not `[a-zA-Z_:][a-zA-Z0-9_:]*`, or lacks the suffix its type or unit demands.
        case invalidName
        /// A label name is not `[a-zA-Z_][a-zA-Z0-9_]*`, is reserved, or appears twice.
        case invalidLabelName
        /// The labels given are not the labels that the family was registered with.
        case labelMismatch
        /// The bucket bounds are empty, not finite, or not strictly ascending.
        case invalidBuckets
        /// The name, or a sample name derived from it, belongs to a different family.
        case conflict
        /// A document of families is not one, or what it says is not allowed.
        case invalidDocument
    }

    /// The kind of refusal, for code that decides on it.
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
