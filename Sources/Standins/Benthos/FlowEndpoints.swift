import Standins

/// The HTTP endpoints of a flow, each also below `/benthos`.
struct FlowEndpoints: Sendable {
    /// The version that the stand-in stands for.
    static let version = "v4.76.0"
    /// When that version was built.
    static let built = "2026-07-01T00:00:00Z"

    /// The flow that answers, and those that come after it.
    let flows: ReplaceableFlow
    /// Its numbers.
    let metrics: FlowMetrics
    /// How they are shown.
    let style: MetricsText.Style

    /// Answers one request.
    ///
    /// - Parameter question: what was asked
    /// - Returns: the answer
    func answer(_ question: HTTPQuestion) -> HTTPReply {
        let prefix = "/benthos"
        let path = question.path.hasPrefix(prefix + "/") ? String(question.path.dropFirst(prefix.count)) : question.path
        let flow = flows.flow
        if let server = flow.server, path == server.path { return server.answer(question) }
        switch path {
        case "/ping": return HTTPReply("pong")
        case "/ready": return flow.readiness
        case "/version": return HTTPReply("{\"version\":\"\(Self.version)\", \"built\":\"\(Self.built)\"}")
        case "/metrics", "/stats": return MetricsText(metrics).reply(style) ?? Self.notFound
        case "/endpoints": return HTTPReply(JSONValue.object(endpoints).text)
        default: return Self.notFound
        }
    }

    private var endpoints: [String: JSONValue] {
        var endpoints: [String: JSONValue] = [
            "/endpoints": "Returns this map of endpoints.",
            "/ping": "Ping me.",
            "/ready": "Returns 200 OK if all inputs and outputs are connected, otherwise a 503 is returned.",
            "/version": "Returns the service version.",
        ]
        if style != .none {
            endpoints["/metrics"] = "Exposes service-wide metrics in the format configured."
            endpoints["/stats"] = "Exposes service-wide metrics in the format configured."
        }
        if let server = flows.flow.server { endpoints[server.path] = "Post a message into Benthos." }
        return endpoints
    }

    private static let notFound = HTTPReply(
        "404 page not found\n",
        status: 404,
        fields: ["X-Content-Type-Options": "nosniff"]
    )
}
