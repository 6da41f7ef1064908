import Standins

/// The numbers of a flow as `/metrics` writes them.
struct MetricsText {
    /// How the flow was configured to show its numbers.
    enum Style: Sendable, Equatable {
        /// The Prometheus text format 0.0.4.
        case prometheus(hasProcess: Bool, usesHistograms: Bool)
        /// A flat JSON object.
        case jsonAPI
        /// Not at all.
        case none
    }

    private let metrics: FlowMetrics

    /// Makes a writer.
    ///
    /// - Parameter metrics: the numbers to write
    init(_ metrics: FlowMetrics) {
        self.metrics = metrics
    }

    /// The answer to `/metrics` and `/stats`.
    ///
    /// - Parameter style: as configured
    /// - Returns: nothing where the flow shows no numbers
    func reply(_ style: Style) -> HTTPReply? {
        switch style {
        case .prometheus(let hasProcess, let usesHistograms):
            HTTPReply(
                prometheus(hasProcess: hasProcess, usesHistograms: usesHistograms),
                contentType: "text/plain; version=0.0.4; charset=utf-8"
            )
        case .jsonAPI: .json(json())
        case .none: nil
        }
    }

    private func prometheus(hasProcess: Bool, usesHistograms: Bool) -> String {
        var families = metrics.snapshot().map { name, series in
            (name: name, text: Self.family(name, series, usesHistograms: usesHistograms))
        }
        if hasProcess { families += Self.process(ProcessFigures()) }
        return families.sorted { $0.name < $1.name }.map(\.text).joined()
    }

    private func json() -> String {
        let fields = metrics.snapshot().flatMap { name, series in
            series.map { labels, instrument in ("\(name){\(labels)}", Self.json(instrument)) }
        }
        return JSONValue.object(Dictionary(fields) { first, _ in first }).text
    }

    private static func json(_ instrument: FlowMetrics.Instrument) -> JSONValue {
        switch instrument {
        case .counter(let counter): return .integer(counter.value)
        case .gauge(let gauge): return .integer(gauge.value)
        case .timing(let timing):
            let summary = timing.summary
            let quantiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)].map { name, quantile in
                (name, JSONValue.double(summary.count == 0 ? 0 : summary.quantile(quantile)))
            }
            return .object(Dictionary(quantiles) { first, _ in first })
        }
    }

    private static func family(
        _ name: String,
        _ series: [(labels: String, instrument: FlowMetrics.Instrument)],
        usesHistograms: Bool
    ) -> String {
        guard let first = series.first?.instrument else { return "" }
        let (help, type) =
            switch first {
            case .counter: ("Benthos Counter metric", "counter")
            case .gauge: ("Benthos Gauge metric", "gauge")
            case .timing: ("Benthos Timing metric", usesHistograms ? "histogram" : "summary")
            }
        return heading(name, help, type)
            + series.map { labels, instrument in
                switch instrument {
                case .counter(let counter): "\(name){\(labels)} \(GoText.number(Double(counter.value)))\n"
                case .gauge(let gauge): "\(name){\(labels)} \(GoText.number(Double(gauge.value)))\n"
                case .timing(let timing):
                    usesHistograms
                        ? histogram(name, labels, timing.summary)
                        : summary(name, labels, timing.summary)
                }
            }.joined()
    }

    private static func summary(_ name: String, _ labels: String, _ summary: FlowTiming.Summary) -> String {
        let quantiles = [("0.5", 0.5), ("0.9", 0.9), ("0.99", 0.99)].map { text, quantile in
            "\(name){\(labels),quantile=\"\(text)\"} \(GoText.number(summary.quantile(quantile)))\n"
        }
        return quantiles.joined()
            + "\(name)_sum{\(labels)} \(GoText.number(Double(summary.sum)))\n"
            + "\(name)_count{\(labels)} \(GoText.number(Double(summary.count)))\n"
    }

    private static func histogram(_ name: String, _ labels: String, _ summary: FlowTiming.Summary) -> String {
        let bounds = FlowTiming.bounds.map(GoText.number) + ["+Inf"]
        let buckets = zip(bounds, summary.buckets + [summary.count]).map { bound, count in
            "\(name)_bucket{\(labels),le=\"\(bound)\"} \(GoText.number(Double(count)))\n"
        }
        return buckets.joined()
            + "\(name)_sum{\(labels)} \(GoText.number(Double(summary.sum) / 1e9))\n"
            + "\(name)_count{\(labels)} \(GoText.number(Double(summary.count)))\n"
    }

    private static func heading(_ name: String, _ help: String, _ type: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private static func process(_ figures: ProcessFigures) -> [(name: String, text: String)] {
        let rows: [(String, String, String, Double)] = [
            ("cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.", figures.cpuSeconds),
            ("max_fds", "gauge", "Maximum number of open file descriptors.", figures.maximumDescriptors),
            (
                "network_receive_bytes_total", "counter",
                "Number of bytes received by the process over the network.", figures.networkReceived
            ),
            (
                "network_transmit_bytes_total", "counter",
                "Number of bytes sent by the process over the network.", figures.networkTransmitted
            ),
            ("open_fds", "gauge", "Number of open file descriptors.", figures.openDescriptors),
            ("resident_memory_bytes", "gauge", "Resident memory size in bytes.", figures.residentMemory),
            (
                "start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.",
                figures.startTime
            ),
            ("virtual_memory_bytes", "gauge", "Virtual memory size in bytes.", figures.virtualMemory),
            (
                "virtual_memory_max_bytes", "gauge", "Maximum amount of virtual memory available in bytes.",
                figures.maximumVirtualMemory
            ),
        ]
        return rows.map { suffix, type, help, value in
            let name = "process_" + suffix
            return (name, heading(name, help, type) + "\(name) \(GoText.number(value))\n")
        }
    }
}
