import OperatorHTTP

extension PublicServer {
    /// A server on a free port with a small exposition.
    static func forTest(
        address: ListenAddress = ListenAddress(host: "127.0.0.1", port: 0),
        health: HealthReport = HealthReport(status: .ready),
        limits: ServerLimits = ServerLimits(),
        metrics: @escaping @Sendable () async -> String = { "up 1\n" }
    ) async throws(OperatorError) -> PublicServer {
        try await bind(
            to: address,
            content: PublicContent(
                gateway: FakeGateway(health: health),
                metrics: {
                    let text = await metrics()
                    return MetricsBody(contentType: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8))
                },
                version: VersionInformation(version: "1.2.3", swift: "6.3")
            ),
            limits: limits,
            logger: .silent
        )
    }
}
