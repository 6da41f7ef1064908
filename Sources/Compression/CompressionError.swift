/// Why bytes could not be compressed.
public struct CompressionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What failed and why.
    public let message: String

    /// The message.
    public var description: String { message }
}
