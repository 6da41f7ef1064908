internal import Hummingbird

/// Answers `/metrics`: the format by `Accept`, the coding by `Accept-Encoding`.
struct MetricsEndpoint: Sendable {
    private static let vary = "Accept, Accept-Encoding"

    private let metrics: @Sendable (_ accept: String?) -> MetricsRendition
    private let renderer: ScrapeRenderer

    /// - Parameters:
    ///   - metrics: Chooses the format.
    ///   - observer: Is told how long each rendering takes.
    init(_ metrics: @escaping @Sendable (_ accept: String?) -> MetricsRendition, observer: any ServerObserver) {
        self.metrics = metrics
        renderer = ScrapeRenderer(observer: observer)
    }

    /// Answers a scrape.
    func respond(to request: Request) async -> Response {
        var response = await answer(request)
        response.headers[.vary] = Self.vary
        return response
    }

    private func answer(_ request: Request) async -> Response {
        let accepted = AcceptedCodings(request.headers[.acceptEncoding])
        guard let coding = accepted.preferred else {
            return .text("Accept-Encoding excludes all that there is: zstd, gzip, identity\n", .notAcceptable)
        }
        let rendition = metrics(request.headers[.accept])
        let key = ScrapeRenderer.Key(
            contentType: rendition.contentType,
            coding: coding,
            acceptsIdentity: accepted.acceptsIdentity
        )
        do throws(ScrapeRenderer.Failure) {
            return Self.response(try await renderer.body(key, rendition), rendition.contentType)
        } catch {
            switch error {
            case .busy:
                var response = Response.text("too many scrapes wait; try again\n", .serviceUnavailable)
                response.headers[.retryAfter] = "1"
                return response
            case .notCoded(let reason):
                return .text("the metrics cannot be compressed: \(reason)\n", .internalServerError)
            }
        }
    }

    private static func response(_ body: ScrapeBody, _ contentType: String) -> Response {
        var response = Response(
            status: .ok,
            headers: [.contentType: contentType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"],
            body: ResponseBody(contentLength: body.bytes.count) { writer in
                try await body.write(to: &writer, RequestResponder.channel)
            }
        )
        if body.coding != .identity { response.headers[.contentEncoding] = body.coding.rawValue }
        return response
    }
}
