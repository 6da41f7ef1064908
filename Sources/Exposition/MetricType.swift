/// What a family's samples mean to the scraper.
public enum MetricType: Sendable, Equatable {
    /// A value that only rises, from 0 at the start of the process.
    case counter
    /// A value that rises and falls.
    case gauge
    /// Observations counted in buckets; `bounds` are the upper limits, ascending and finite (`+Inf` is implied).
    case histogram(bounds: [Double])

    /// The word of the exposition formats' TYPE line.
    var keyword: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    /// Every sample and family name that a family called `name` occupies in the text format or in OpenMetrics.
    ///
    /// Two families may not share any of them: a scraper could not tell their samples apart.
    func names(for name: String) -> [String] {
        switch self {
        case .counter:
            let stem = name.dropLast(MetricType.counterSuffix.utf8.count)
            return [name, String(stem), "\(stem)_created"]
        case .gauge: return [name]
        case .histogram: return [name, "\(name)_bucket", "\(name)_sum", "\(name)_count", "\(name)_created"]
        }
    }

    /// The suffix of every counter's name: OpenMetrics demands it.
    static let counterSuffix = "_total"
}
