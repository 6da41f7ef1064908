import Exposition
import ProcessControl
import Supervision

/// The `gatewarden_child_*` families.
struct ChildMetrics: Sendable {
    let up: MetricFamily<GaugeSeries>
    let state: MetricFamily<GaugeSeries>
    let ready: MetricFamily<GaugeSeries>
    let restarts: MetricFamily<CounterSeries>
    let exits: MetricFamily<CounterSeries>
    let logLines: MetricFamily<CounterSeries>
    let logLinesDropped: MetricFamily<CounterSeries>
    /// What the process that runs uses.
    let usage: CollectedFamilies<ChildUsage>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        up = try registry.gauge(
            "gatewarden_child_up", help: "Whether a process of this child runs.", labels: ["child"])
        state = try registry.gauge(
            "gatewarden_child_state",
            help: "The state of this child: 1 for the one that it is in, 0 for the others.",
            labels: ["child", "worker_type", "state"]
        )
        ready = try registry.gauge(
            "gatewarden_child_ready", help: "Whether others may rely on this child.", labels: ["child", "worker_type"])
        restarts = try registry.counter(
            "gatewarden_child_restarts_total",
            help: "Starts of this child's process after the first one.",
            labels: ["child"]
        )
        exits = try registry.counter(
            "gatewarden_child_exits_total", help: "Ends of this child's process.", labels: ["child", "reason"])
        logLines = try registry.counter(
            "gatewarden_child_log_lines_total",
            help: "Lines that this child wrote, kept or dropped.",
            labels: ["child", "stream"]
        )
        logLinesDropped = try registry.counter(
            "gatewarden_child_log_lines_dropped_total",
            help: "Lines of this child that were left out of a flood, cut, or not written to its file.",
            labels: ["child"]
        )
        usage = try CollectedFamilies(registry, labels: ["child"], Self.usageFigures)
    }

    private static let usageFigures: [CollectedFamilies<ChildUsage>.Figure] = [
        .counter(
            "gatewarden_child_cpu_seconds_total",
            "Processor time that this child's processes have used.",
            unit: "seconds"
        ) { $0.cpuTime },
        .gauge(
            "gatewarden_child_start_time_seconds",
            "When this child's process was started, in seconds since 1970.",
            unit: "seconds"
        ) { $0.now?.startedAt },
        .gauge(
            "gatewarden_child_resident_memory_bytes",
            "Resident memory of this child's process and all that it has started.",
            unit: "bytes"
        ) { $0.now?.statistics.residentBytes },
        .gauge(
            "gatewarden_child_memory_limit_bytes",
            "Memory that this child may use, where that is limited.",
            unit: "bytes"
        ) { $0.now?.statistics.memoryLimit },
        .gauge("gatewarden_child_open_fds", "Open descriptors of this child's process.") {
            $0.now?.statistics.openDescriptors
        },
    ]
}

/// What a child uses.
struct ChildUsage: Sendable {
    /// The processor time of all its processes so far.
    let cpuTime: Duration
    /// The process that runs: when it was started, since 1970, and its figures; nil where none runs.
    let now: (startedAt: Duration, statistics: ProcessStatistics)?
}

/// Why a process ended: the values of the metric label `reason`.
enum ExitReason: String, CaseIterable {
    case success
    case error
    case signal
    case coreDump = "core_dump"
    case unknown

    init(_ status: ProcessExit.Status) {
        switch status {
        case .exited(code: 0): self = .success
        case .exited: self = .error
        case .signaled(_, coreDumped: false): self = .signal
        case .signaled(_, coreDumped: true): self = .coreDump
        case .unknown: self = .unknown
        }
    }
}
