/// Why a text is no bcrypt hash.
public struct BcryptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and what is allowed; never the text itself.
    public let message: String

    /// The message.
    public var description: String { message }
}
