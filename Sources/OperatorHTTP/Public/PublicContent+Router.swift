import Hummingbird

extension PublicContent {
    /// The paths of the public server, each with what it is for.
    private static let index = """
        gatewarden

        /metrics   metrics for Prometheus
        /healthz   "ok" while the process is alive
        /readyz    200 when every child is ready, 503 with reasons otherwise
        /version   version of this binary
        /runbooks/ what to do about alerts

        """

    /// The routes of the public server; every GET answers HEAD as well.
    ///
    /// - Parameter observer: Is told how long the rendering of metrics takes.
    /// - Returns: The routes.
    func router(observer: any ServerObserver) -> Router<BasicRequestContext> {
        let scrapes = MetricsEndpoint(metrics, observer: observer)
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: NotFoundMiddleware { request in
                .text("\(request.method) \(request.uri.path) does not exist; there are:\n\n\(Self.index)", .notFound)
            }
        )
        router.get("/") { _, _ in Response.text(Self.index) }
        router.get("/metrics") { request, _ in await scrapes.respond(to: request) }
        router.get("/healthz") { _, _ in Response.text("ok\n") }
        router.get("/readyz") { _, _ in
            let report = await gateway.health()
            return try Response.json(report, report.status == .ready ? .ok : .serviceUnavailable)
        }
        router.get("/version") { _, _ in try Response.json(version) }
        RunbookRoutes(.embedded).add(to: router)
        return router
    }
}
