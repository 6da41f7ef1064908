public import Bcrypt

/// Who may talk to a server, and how: what a `web.config` says.
public struct ServerAccess: Sendable {
    /// TLS for new connections; nil for none.
    public var tls: TLSCredentials?
    /// The hash of the password of each user; without users everybody is let in.
    public var users: [String: BcryptHash]
    /// What every answer gets.
    public var headers: [AnswerHeader]
    /// How many requests are answered; nil for all.
    public var rate: RequestRate?

    /// Describes access.
    ///
    /// - Parameters:
    ///   - tls: TLS for new connections; nil for none.
    ///   - users: The hash of the password of each user; without users everybody is let in.
    ///   - headers: What every answer gets.
    ///   - rate: How many requests are answered; nil for all.
    public init(
        tls: TLSCredentials? = nil,
        users: [String: BcryptHash] = [:],
        headers: [AnswerHeader] = [],
        rate: RequestRate? = nil
    ) {
        self.tls = tls
        self.users = users
        self.headers = headers
        self.rate = rate
    }
}
