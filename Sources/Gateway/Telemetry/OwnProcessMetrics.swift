import Exposition
import JSONLogging
import Logging
import ProcessControl

/// The standard `process_*` families about the gateway itself, its build, and its log.
///
/// Names as in the Prometheus client library guidelines ("Standard and runtime collectors").
struct OwnProcessMetrics: Sendable {
    private let process: CollectedFamilies<ProcessStatistics>
    private let startTime: MetricFamily<GaugeSeries>
    private let logLines: MetricFamily<CounterSeries>
    private let logLinesDropped: MetricFamily<CounterSeries>
    private let logLinesFolded: MetricFamily<CounterSeries>
    private let startedAt: Duration

    init(_ registry: MetricRegistry, startedAt: Duration) throws(ExpositionError) {
        self.startedAt = startedAt
        process = try CollectedFamilies(registry, Self.figures)
        startTime = try registry.gauge(
            "process_start_time_seconds",
            help: "When the gateway was started, in seconds since 1970.",
            unit: "seconds"
        )
        logLines = try registry.counter(
            "gatewarden_log_lines_total", help: "Log lines of the gateway.", labels: ["level"])
        logLinesDropped = try registry.counter(
            "gatewarden_log_lines_dropped_total",
            help: "Log lines that were lost because the reader of the log was too slow."
        )
        logLinesFolded = try registry.counter(
            "gatewarden_log_lines_folded_total",
            help: "Warnings and errors without a log line of their own, because another one stands for them."
        )
        let build = try registry.gauge(
            "gatewarden_build_info",
            help: "Always 1; the labels say what was built.",
            labels: ["version", "swift_version"]
        )
        try build.labels(GatewayVersion.current, GatewayVersion.swift).set(1)
    }

    /// Adds the values of this moment to a scrape; reads `/proc`.
    func collect(_ samples: inout CollectedSamples, log: LogCounts) {
        samples.emit(startedAt / .seconds(1), to: startTime)
        for level in Logger.Level.allCases { samples.emit(Double(log.lines(level)), to: logLines, level.rawValue) }
        samples.emit(Double(log.dropped), to: logLinesDropped)
        samples.emit(Double(log.folded), to: logLinesFolded)
        // Without /proc the families stay empty, which a scraper shows as absent; nothing else is harmed.
        if let now = try? ProcessStatistics.readOwn() { process.collect(&samples, now) }
    }

    private static let figures: [CollectedFamilies<ProcessStatistics>.Figure] = [
        .counter("process_cpu_seconds_total", "Processor time that the gateway has used.", unit: "seconds") {
            $0.cpuTime
        },
        .gauge("process_open_fds", "Open descriptors of the gateway.") { $0.openDescriptors },
        .gauge("process_max_fds", "Limit of the gateway's open descriptors.") { $0.descriptorLimit },
        .gauge("process_threads", "Threads of the gateway.") { $0.threads },
        .gauge("process_virtual_memory_bytes", "Virtual memory of the gateway.", unit: "bytes") { $0.virtualBytes },
        .gauge(
            "process_virtual_memory_max_bytes",
            "Limit of the gateway's virtual memory; +Inf where there is none.",
            unit: "bytes"
        ) { $0.virtualLimit.map(Double.init) ?? .infinity },
        .gauge("process_resident_memory_bytes", "Resident memory of the gateway.", unit: "bytes") {
            $0.residentBytes
        },
    ]
}
