import Exposition
import Supervision
import Workers

/// The `gatewarden_broker_*` families.
struct BrokerMetrics: Sendable {
    private let families: CollectedFamilies<RedpandaObservation>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        families = try CollectedFamilies(registry, labels: ["child"], Self.figures)
    }

    /// Adds what is known of a broker to a scrape; what is not known is left out.
    func collect(_ samples: inout CollectedSamples, _ path: HierarchyPath, _ account: BrokerAccount) {
        guard let observation = account.observation else { return }
        families.collect(&samples, observation, path.description)
    }

    private static let figures: [CollectedFamilies<RedpandaObservation>.Figure] = [
        .gauge("gatewarden_broker_ready", "Whether this broker is ready and clients can connect.") { $0.isReady },
        .gauge(
            "gatewarden_broker_disk_free_bytes",
            "Free space on the disk with this broker's data.",
            unit: "bytes"
        ) { $0.condition?.figures?.disk.freeBytes },
        .gauge("gatewarden_broker_disk_total_bytes", "Size of the disk with this broker's data.", unit: "bytes") {
            $0.condition?.figures?.disk.totalBytes
        },
        .gauge(
            "gatewarden_broker_disk_alert",
            "How urgent this broker takes the lack of space: 0 for enough, 1 for low, 2 for no more writes."
        ) { $0.condition?.figures?.disk.alert?.rawValue },
        .gauge(
            "gatewarden_broker_unavailable_partitions",
            "Partitions of this broker's cluster that cannot be used."
        ) { $0.condition?.figures?.cluster.unavailablePartitions },
        .counter(
            "gatewarden_broker_produced_bytes_total",
            "Bytes that clients have written since this broker started.",
            unit: "bytes"
        ) { $0.condition?.figures?.kafka.producedBytes },
        .counter(
            "gatewarden_broker_consumed_bytes_total",
            "Bytes that clients have read since this broker started.",
            unit: "bytes"
        ) { $0.condition?.figures?.kafka.consumedBytes },
        .gauge(
            "gatewarden_broker_uptime_seconds",
            "Time since this broker started, by its own account.",
            unit: "seconds"
        ) { $0.condition?.figures?.uptime },
        .gauge("gatewarden_broker_memory_available_bytes", "Memory that this broker can still use.", unit: "bytes") {
            $0.condition?.figures?.availableMemoryBytes
        },
    ]
}

extension RedpandaObservation {
    /// Whether the broker runs, answers on its own port that it is ready, and clients can connect.
    fileprivate var isReady: Bool {
        guard process.isRunning, portHolder == nil, let condition else { return false }
        return condition.readiness == .ready && condition.unreachable == nil
    }
}
