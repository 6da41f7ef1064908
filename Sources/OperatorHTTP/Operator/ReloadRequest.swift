/// How a configuration is to be reloaded: the query of `POST /v1/reload`.
public struct ReloadRequest: Sendable, Equatable {
    /// How long the answer may wait for the children unless something else is said.
    public static let standardTimeout = Duration.seconds(120)
    /// How long the answer may wait for the children at most.
    public static let longestTimeout = Duration.seconds(600)

    /// Time to wait until the changed children are ready; `nil` for an answer as soon as the changes are applied.
    public var timeout: Duration?

    /// Describes a request.
    ///
    /// - Parameter timeout: Time to wait until the changed children are ready, at most ``longestTimeout``; `nil` for an
    ///   answer as soon as the changes are applied.
    public init(timeout: Duration? = ReloadRequest.standardTimeout) {
        self.timeout = timeout
    }
}
