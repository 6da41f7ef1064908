import Exposition
import JSONLogging
import Logging
import ProcessControl

/// The standard `process_*` families about the gateway itself, its build, and its log.
///
/// Names as in the Prometheus client library guidelines ("Standard and runtime collectors").
struct OwnProcessMetrics: Sendable {
    private let cpuSeconds: MetricFamily<CounterSeries>
    private let openDescriptors: MetricFamily<GaugeSeries>
    private let descriptorLimit: MetricFamily<GaugeSeries>
    private let virtualMemory: MetricFamily<GaugeSeries>
    private let residentMemory: MetricFamily<GaugeSeries>
    private let startTime: MetricFamily<GaugeSeries>
    private let logLines: MetricFamily<CounterSeries>
    private let logLinesDropped: MetricFamily<CounterSeries>
    private let logLinesFolded: MetricFamily<CounterSeries>
    private let startedAt: Duration

    init(_ registry: MetricRegistry, startedAt: Duration) throws(ExpositionError) {
        self.startedAt = startedAt
        cpuSeconds = try registry.counter(
            "process_cpu_seconds_total", help: "Processor time that the gateway has used.", unit: "seconds")
        openDescriptors = try registry.gauge("process_open_fds", help: "Open descriptors of the gateway.")
        descriptorLimit = try registry.gauge("process_max_fds", help: "Limit of the gateway's open descriptors.")
        virtualMemory = try registry.gauge(
            "process_virtual_memory_bytes", help: "Virtual memory of the gateway.", unit: "bytes")
        residentMemory = try registry.gauge(
            "process_resident_memory_bytes", help: "Resident memory of the gateway.", unit: "bytes")
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
        guard let now = try? ProcessStatistics.readOwn() else { return }
        samples.emit(now.cpuTime / .seconds(1), to: cpuSeconds)
        samples.emit(Double(now.virtualBytes), to: virtualMemory)
        samples.emit(Double(now.residentBytes), to: residentMemory)
        if let open = now.openDescriptors { samples.emit(Double(open), to: openDescriptors) }
        if let limit = now.descriptorLimit { samples.emit(Double(limit), to: descriptorLimit) }
    }
}
