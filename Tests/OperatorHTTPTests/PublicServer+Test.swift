import OperatorHTTP

extension PublicServer {
    /// A server on a free port with a small exposition.
    static func forTest(
        address: ListenAddress = ListenAddress(host: "127.0.0.1", port: 0),
        gateway: FakeGateway = FakeGateway(),
        limits: ServerLimits = ServerLimits(),
        access: AccessControl? = nil,
        observer: (any ServerObserver)? = nil,
        metrics: @escaping @Sendable () -> String = { "up 1\n" }
    ) async throws(OperatorError) -> PublicServer {
        try await bind(
            to: address,
            content: PublicContent(
                gateway: gateway,
                metrics: { accept in
                    let version = accept?.contains("openmetrics") == true ? "1.0.0" : "0.0.4"
                    return MetricsRendition(contentType: "text/plain; version=\(version); charset=utf-8") {
                        Array(metrics().utf8)
                    }
                },
                version: VersionInformation(version: "1.2.3", swift: "6.3")
            ),
            limits: limits,
            access: access,
            observer: observer,
            logger: .silent
        )
    }
}
