import Standins

/// The broker's `/public_metrics` in the form of Seastar's exporter: families in the order of their names, an empty label
/// set is written `{}`, gauges have six decimals, counters are integers, labels stand in alphabetical order.
struct PublicMetrics {
    /// A type of the text format.
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// The upper bounds of a histogram's buckets.
    enum Scale {
        /// Seconds: powers of two times 256 µs, less one: Redpanda's "log_hist_public".
        case latency
        /// Seconds: powers of two times 1 ms, less one.
        case throttling
        /// Bytes: powers of two, less one.
        case throughput

        /// The bounds as they are written.
        var bounds: [String] {
            switch self {
            case .latency: (0...17).map { fixed(Double((256 << $0) - 1) / 1e6) }
            case .throttling: (0...14).map { fixed(Double((1 << $0) - 1) / 1e3) }
            case .throughput: (3...28).map { fixed(Double((1 << $0) - 1)) }
            }
        }
    }

    private var families: [(name: String, text: String)] = []

    /// The whole text of one moment.
    ///
    /// - Parameter figures: the moment
    /// - Returns: text in the Prometheus text format 0.0.4
    static func text(_ figures: BrokerFigures) -> String {
        var metrics = PublicMetrics()
        for family in QuietFamily.all { metrics.add(family) }
        metrics.addApplication(figures)
        metrics.addCluster(figures)
        metrics.addKafka(figures)
        metrics.addQuotas()
        metrics.addTopics(figures)
        metrics.addMemory(figures)
        metrics.addNetwork(figures)
        metrics.addStorage(figures)
        return metrics.families.sorted { $0.name < $1.name }.map(\.text).joined()
    }

    /// Starts a family.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - kind: its type
    ///   - help: one line
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        families.append((name, "# HELP redpanda_\(name) \(help)\n# TYPE redpanda_\(name) \(kind.rawValue)\n"))
    }

    /// Adds a family of one gauge.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - help: one line
    ///   - labels: the labels of the series
    ///   - value: its value
    mutating func gauge(_ name: String, _ help: String, _ labels: [String: String] = [:], _ value: Double) {
        family(name, .gauge, help)
        series(name, labels, fixed(value))
    }

    /// Adds a series to the family that was started last.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - labels: its labels
    ///   - value: the written value
    mutating func series(_ name: String, _ labels: [String: String], _ value: String) {
        let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        families[families.count - 1].text += "redpanda_\(name){\(text)} \(value)\n"
    }

    /// Adds one histogram without observations beyond a count in its first bucket.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - labels: its labels
    ///   - scale: its bounds
    ///   - count: the observations, all of them small
    mutating func histogram(_ name: String, _ labels: [String: String], _ scale: Scale = .latency, count: Int) {
        series(name + "_sum", labels, "\(count / 10)")
        series(name + "_count", labels, "\(count)")
        for bound in scale.bounds + ["+Inf"] {
            series(name + "_bucket", labels.merging(["le": bound]) { $1 }, "\(count)")
        }
    }

    private mutating func add(_ quiet: QuietFamily) {
        family(quiet.name, quiet.kind, quiet.help)
        for labels in quiet.series {
            switch quiet.kind {
            case .counter: series(quiet.name, labels, "\(Int(quiet.value))")
            case .gauge: series(quiet.name, labels, fixed(quiet.value))
            case .histogram: histogram(quiet.name, labels, count: Int(quiet.value))
            }
        }
    }
}

/// A number with six decimals, as `%.6f` writes it.
///
/// - Parameter value: less than 9e12 in magnitude
/// - Returns: the text
func fixed(_ value: Double) -> String {
    let micros = Int((value.magnitude * 1e6).rounded())
    return "\(value < 0 ? "-" : "")\(micros / 1_000_000).\(String(1_000_000 + micros % 1_000_000).dropFirst())"
}
