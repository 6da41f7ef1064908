import Exposition
import Supervision
import Workers

/// The `gatewarden_broker_*` families.
struct BrokerMetrics: Sendable {
    private let ready: MetricFamily<GaugeSeries>
    private let diskFree: MetricFamily<GaugeSeries>
    private let diskTotal: MetricFamily<GaugeSeries>
    private let diskAlert: MetricFamily<GaugeSeries>
    private let unavailablePartitions: MetricFamily<GaugeSeries>
    private let producedBytes: MetricFamily<CounterSeries>
    private let consumedBytes: MetricFamily<CounterSeries>
    private let uptime: MetricFamily<GaugeSeries>
    private let availableMemory: MetricFamily<GaugeSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        let child = ["child"]
        ready = try registry.gauge(
            "gatewarden_broker_ready", help: "Whether this broker is ready and clients can connect.", labels: child)
        diskFree = try registry.gauge(
            "gatewarden_broker_disk_free_bytes",
            help: "Free space on the disk with this broker's data.",
            unit: "bytes",
            labels: child
        )
        diskTotal = try registry.gauge(
            "gatewarden_broker_disk_total_bytes",
            help: "Size of the disk with this broker's data.",
            unit: "bytes",
            labels: child
        )
        diskAlert = try registry.gauge(
            "gatewarden_broker_disk_alert",
            help: "How urgent this broker takes the lack of space: 0 for enough, 1 for low, 2 for no more writes.",
            labels: child
        )
        unavailablePartitions = try registry.gauge(
            "gatewarden_broker_unavailable_partitions",
            help: "Partitions of this broker's cluster that cannot be used.",
            labels: child
        )
        producedBytes = try registry.counter(
            "gatewarden_broker_produced_bytes_total",
            help: "Bytes that clients have written since this broker started.",
            unit: "bytes",
            labels: child
        )
        consumedBytes = try registry.counter(
            "gatewarden_broker_consumed_bytes_total",
            help: "Bytes that clients have read since this broker started.",
            unit: "bytes",
            labels: child
        )
        uptime = try registry.gauge(
            "gatewarden_broker_uptime_seconds",
            help: "Time since this broker started, by its own account.",
            unit: "seconds",
            labels: child
        )
        availableMemory = try registry.gauge(
            "gatewarden_broker_memory_available_bytes",
            help: "Memory that this broker can still use.",
            unit: "bytes",
            labels: child
        )
    }

    /// Adds what is known of a broker to a scrape; what is not known is left out.
    func collect(_ samples: inout CollectedSamples, _ path: HierarchyPath, _ account: BrokerAccount) {
        guard let observation = account.observation else { return }
        let child = path.description
        samples.emit(observation.isReady ? 1 : 0, to: ready, child)
        guard let figures = observation.condition?.figures else { return }
        for (value, family) in [
            (figures.disk.freeBytes, diskFree), (figures.disk.totalBytes, diskTotal),
            (figures.disk.alert?.rawValue, diskAlert),
            (figures.cluster.unavailablePartitions, unavailablePartitions),
            (figures.availableMemoryBytes, availableMemory),
        ] {
            if let value { samples.emit(Double(value), to: family, child) }
        }
        if let bytes = figures.kafka.producedBytes { samples.emit(Double(bytes), to: producedBytes, child) }
        if let bytes = figures.kafka.consumedBytes { samples.emit(Double(bytes), to: consumedBytes, child) }
        if let time = figures.uptime { samples.emit(time / .seconds(1), to: uptime, child) }
    }
}

extension RedpandaObservation {
    /// Whether the broker runs, answers on its own port that it is ready, and clients can connect.
    fileprivate var isReady: Bool {
        guard process.isRunning, portHolder == nil, let condition else { return false }
        return condition.readiness == .ready && condition.unreachable == nil
    }
}
