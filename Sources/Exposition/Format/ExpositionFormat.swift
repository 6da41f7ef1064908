/// A format in which a registry can be exposed, with what becomes of names that are not legacy.
public struct ExpositionFormat: Sendable, Equatable {
    /// The text formats of Prometheus and OpenMetrics.
    public enum Version: Sendable, Equatable, CaseIterable {
        /// OpenMetrics 1.0.0.
        case openMetrics1
        /// The draft of OpenMetrics, 0.0.1, which Prometheus before 2.39 asks for; written like 1.0.0.
        case openMetricsDraft
        /// Prometheus' text format 1.0.0: that of 0.0.4, with names in quotes.
        case text1
        /// Prometheus' text format 0.0.4.
        case text0

        /// The media type without parameters.
        public var mediaType: String { isOpenMetrics ? "application/openmetrics-text" : "text/plain" }

        /// The value of the parameter `version`.
        public var number: String {
            switch self {
            case .openMetrics1, .text1: "1.0.0"
            case .openMetricsDraft: "0.0.1"
            case .text0: "0.0.4"
            }
        }

        /// Whether it is OpenMetrics.
        public var isOpenMetrics: Bool {
            switch self {
            case .openMetrics1, .openMetricsDraft: true
            case .text1, .text0: false
            }
        }
    }

    /// Which format.
    public var version: Version
    /// What becomes of names that are not legacy.
    public var escaping: NameEscaping

    /// Names a format.
    ///
    /// - Parameters:
    ///   - version: Which format.
    ///   - escaping: What becomes of names that are not legacy; underscores where a scraper asks for nothing else.
    public init(_ version: Version, escaping: NameEscaping = .underscores) {
        self.version = version
        self.escaping = escaping
    }

    /// The value of the `Content-Type` header, as Prometheus' own client libraries write it.
    public var contentType: String {
        "\(version.mediaType); version=\(version.number); charset=utf-8; escaping=\(escaping.rawValue)"
    }

    /// Replaces the contents of a buffer by everything that a registry exposes.
    ///
    /// Deterministic: families by name, series by labels. It blocks no update of a metric and may run on several
    /// threads at once; it takes as long as its collectors plus the formatting.
    ///
    /// - Parameters:
    ///   - registry: What to expose.
    ///   - buffer: Receives UTF-8; its capacity is reused.
    public func write(_ registry: MetricRegistry, into buffer: inout [UInt8]) {
        let output = ExpositionOutput(reusing: &buffer)
        if version.isOpenMetrics {
            var writer = OpenMetricsExposition(output: output, escaping: escaping)
            registry.visit(&writer)
            writer.finish()
            writer.output.move(to: &buffer)
        } else {
            var writer = TextExposition(output: output, escaping: escaping)
            registry.visit(&writer)
            writer.output.move(to: &buffer)
        }
    }
}
