/// Why TLS cannot be set up.
public struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The setting to correct.
    public enum Setting: Sendable, Equatable {
        /// The server's certificate.
        case certificate
        /// Its key.
        case key
        /// The certificates that clients' certificates are signed with.
        case clientAuthority
        /// None alone.
        case whole
    }

    /// The setting to correct.
    public let setting: Setting
    /// What is wrong with it and what to do next, to be read after what holds it; no secrets.
    public let message: String

    /// The message.
    public var description: String { message }
}
