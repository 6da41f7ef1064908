/// What the public server shows.
public struct PublicContent: Sendable {
    /// Answers `/readyz`.
    public var gateway: any GatewayOperator
    /// Renders `/metrics`; called for every scrape, from several tasks at a time.
    public var metrics: @Sendable () async -> MetricsBody
    /// Answers `/version`.
    public var version: VersionInformation

    /// Describes what the server shows.
    ///
    /// - Parameters:
    ///   - gateway: Answers `/readyz`.
    ///   - metrics: Renders `/metrics`; called for every scrape, from several tasks at a time.
    ///   - version: Answers `/version`.
    public init(
        gateway: any GatewayOperator,
        metrics: @escaping @Sendable () async -> MetricsBody,
        version: VersionInformation
    ) {
        self.gateway = gateway
        self.metrics = metrics
        self.version = version
    }
}
