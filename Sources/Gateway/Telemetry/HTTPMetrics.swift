import Exposition

/// The families about the pages that operators and scrapers read.
struct HTTPMetrics: Sendable {
    /// Answered requests by path and status code.
    let requests: MetricFamily<CounterSeries>
    /// Open connections.
    let connections: GaugeSeries
    /// Connections that the server has ended.
    let refusedConnections: CounterSeries
    /// How long the rendering of metrics takes.
    let scrapeDuration: HistogramSeries
    /// Whether the last reading of the web configuration went well; without one there is no series.
    let accessReadings: MetricFamily<GaugeSeries>
    /// When the first of the server's certificates expires; without TLS there is no series.
    let certificateExpiry: MetricFamily<GaugeSeries>

    /// Status codes that a route can answer with, and those that are answered before a route is looked for.
    private static let routeCodes = [200, 503]
    private static let otherCodes = [401, 404, 413, 429, 503]

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        requests = try registry.counter(
            "gatewarden_http_requests_total",
            help: "Answered requests by the path of their route; other stands for what was refused or has no route.",
            labels: ["path", "code"]
        )
        connections = try registry.gauge(
            "gatewarden_http_connections",
            help: "Open connections to the pages that operators and scrapers read."
        ).labels()
        refusedConnections = try registry.counter(
            "gatewarden_http_connections_refused_total",
            help: "Connections that the server ended: the TLS handshake failed, or the client was too slow."
        ).labels()
        scrapeDuration = try registry.histogram(
            "gatewarden_scrape_duration_seconds",
            help: "How long the rendering and the compression of all metrics take.",
            unit: "seconds",
            buckets: [0.0001, 0.001, 0.01, 0.1, 1]
        ).labels()
        accessReadings = try registry.gauge(
            "gatewarden_web_config_reload_success",
            help: "Whether the last reading of the web configuration went well; otherwise the one before it applies."
        )
        certificateExpiry = try registry.gauge(
            "gatewarden_web_certificate_expiry_timestamp_seconds",
            help: "When the first of the certificates that the server shows expires, in seconds since 1970.",
            unit: "seconds"
        )
    }

    /// Makes the series of paths, so that the first request of a kind is a rise from zero.
    ///
    /// - Parameters:
    ///   - paths: the paths of all routes.
    ///   - other: the path that stands for all others.
    /// - Throws: a label that breaks the rules: a mistake in the program.
    func prepare(_ paths: [String], other: String) throws(ExpositionError) {
        for path in paths {
            for code in Self.routeCodes { try requests.labels(path, "\(code)") }
        }
        for code in Self.otherCodes { try requests.labels(other, "\(code)") }
    }
}
