import Exposition
import Supervision
import Workers

/// The `gatewarden_connection_*` families.
struct ConnectionMetrics: Sendable {
    private let up: MetricFamily<GaugeSeries>
    private let connectTime: MetricFamily<GaugeSeries>
    private let changes: MetricFamily<GaugeSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        let child = ["child"]
        up = try registry.gauge(
            "gatewarden_connection_up", help: "Whether the device of this connection can be reached.", labels: child)
        connectTime = try registry.gauge(
            "gatewarden_connection_seconds",
            help: "How long the last connection to this device took to be made.",
            unit: "seconds",
            labels: child
        )
        changes = try registry.gauge(
            "gatewarden_connection_changes",
            help: "How often this connection went up or down within its flapWindow.",
            labels: child
        )
    }

    /// Adds what is known of a connection to a scrape; nothing before the first attempts.
    func collect(_ samples: inout CollectedSamples, _ path: HierarchyPath, _ observation: ConnectionObservation) {
        let child = path.description
        switch observation.reach {
        case .unknown: return
        case .up(let time):
            samples.emit(1, to: up, child)
            samples.emit(time / .seconds(1), to: connectTime, child)
        case .down:
            samples.emit(0, to: up, child)
        }
        samples.emit(Double(observation.changes), to: changes, child)
    }
}
