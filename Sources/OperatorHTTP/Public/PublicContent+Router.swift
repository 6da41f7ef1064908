import Hummingbird

extension PublicContent {
    /// The paths of the public server, each with what it is for.
    private static let index = """
        gatewarden

        /metrics   metrics in the Prometheus text format
        /healthz   "ok" while the process is alive
        /readyz    200 when every child is ready, 503 with reasons otherwise
        /version   version of this binary
        /runbooks/ what to do about alerts

        """

    /// The routes of the public server; every GET answers HEAD as well.
    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: NotFoundMiddleware { request in
                .text("\(request.method) \(request.uri.path) does not exist; there are:\n\n\(Self.index)", .notFound)
            }
        )
        router.get("/") { _, _ in Response.text(Self.index) }
        router.get("/metrics") { _, _ in
            let exposition = await metrics()
            return Response.bytes(ByteBuffer(bytes: exposition.bytes), contentType: exposition.contentType)
        }
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
