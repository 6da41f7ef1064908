import Exposition
import Supervision
import Workers

/// The `gatewarden_connection_*` families.
struct ConnectionMetrics: Sendable {
    private let families: CollectedFamilies<ConnectionObservation>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        families = try CollectedFamilies(registry, labels: ["child"], Self.figures)
    }

    /// Adds what is known of a connection to a scrape; nothing before the first attempts.
    func collect(_ samples: inout CollectedSamples, _ path: HierarchyPath, _ observation: ConnectionObservation) {
        if case .unknown = observation.reach { return }
        families.collect(&samples, observation, path.description)
    }

    private static let figures: [CollectedFamilies<ConnectionObservation>.Figure] = [
        .gauge("gatewarden_connection_up", "Whether the device of this connection can be reached.") {
            $0.connectTime != nil
        },
        .gauge(
            "gatewarden_connection_seconds",
            "How long the last connection to this device took to be made.",
            unit: "seconds"
        ) { $0.connectTime },
        .gauge(
            "gatewarden_connection_changes",
            "How often this connection went up or down within its flapWindow."
        ) { $0.changes },
    ]
}

extension ConnectionObservation {
    /// How long it took to connect; nil while the device cannot be reached.
    fileprivate var connectTime: Duration? {
        if case .up(let time) = reach { time } else { nil }
    }
}
