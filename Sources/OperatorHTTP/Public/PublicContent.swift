/// What the public server shows.
public struct PublicContent: Sendable {
    /// Answers `/readyz`.
    public var gateway: any GatewayOperator
    /// Chooses the format of `/metrics` by the value of the header `Accept`; called for every scrape, from several tasks at
    /// a time, and must not block.
    public var metrics: @Sendable (_ accept: String?) -> MetricsRendition
    /// Answers `/version`.
    public var version: VersionInformation

    /// Describes what the server shows.
    ///
    /// - Parameters:
    ///   - gateway: Answers `/readyz`.
    ///   - metrics: Chooses the format of `/metrics` by the value of the header `Accept`; called for every scrape, from
    ///     several tasks at a time, and must not block.
    ///   - version: Answers `/version`.
    public init(
        gateway: any GatewayOperator,
        metrics: @escaping @Sendable (_ accept: String?) -> MetricsRendition,
        version: VersionInformation
    ) {
        self.gateway = gateway
        self.metrics = metrics
        self.version = version
    }
}
