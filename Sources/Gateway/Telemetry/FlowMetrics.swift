import Exposition
import Supervision
import Workers

/// The `gatewarden_flow_*` families.
struct FlowMetrics: Sendable {
    private let families: CollectedFamilies<FlowAccount>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        families = try CollectedFamilies(registry, labels: ["child"], Self.figures)
    }

    /// Adds what is known of a flow to a scrape; what is not known is left out.
    func collect(_ samples: inout CollectedSamples, _ path: HierarchyPath, _ account: FlowAccount) {
        families.collect(&samples, account, path.description)
    }

    private static let errors = "gatewarden_flow_errors_total"
    private static let errorsHelp = "Failures of this flow's outputs and processors since its process started."

    private static let figures: [CollectedFamilies<FlowAccount>.Figure] = [
        .gauge("gatewarden_flow_up", "Whether this flow answers and all its connections are up.") {
            $0.observation?.isUp
        },
        .gauge("gatewarden_flow_output_connections", "Connections that the outputs of this flow hold.") {
            $0.figures?.liveOutputConnections
        },
        .gauge("gatewarden_flow_input_connections", "Connections that the inputs of this flow hold.") {
            $0.figures?.liveInputConnections
        },
        .counter("gatewarden_flow_received_total", "Messages that this flow has received since its process started.") {
            $0.figures?.received
        },
        .counter("gatewarden_flow_sent_total", "Messages that this flow has delivered since its process started.") {
            $0.figures?.sent
        },
        .counter(errors, errorsHelp, label: ("kind", "output")) { $0.figures?.outputs.total(\.error) },
        .counter(errors, errorsHelp, label: ("kind", "processor")) { $0.figures?.processors.error },
        .gauge("gatewarden_flow_lag", "Messages that wait in the topics that this flow reads.") {
            $0.figures?.inputs.total(\.lag)
        },
        .gauge(
            "gatewarden_flow_waiting_seconds",
            "For how long work has been waiting in this flow while nothing came out; 0 while nothing waits.",
            unit: "seconds"
        ) { $0.observation?.condition?.knownWaiting },
        .gauge(
            "gatewarden_flow_stalled",
            "Whether work has been waiting in this flow for longer than its stallAfter allows."
        ) { $0.isStalled },
        .gauge(
            "gatewarden_flow_config_refused",
            "Whether the last configuration that this flow was tried with did not hold."
        ) { $0.observation.map { $0.refused != nil } },
        .counter(
            "gatewarden_flow_config_rollbacks_total",
            "How often the last good configuration of this flow was put back."
        ) { $0.rollbacks },
    ]
}

extension FlowAccount {
    fileprivate var figures: FlowFigures? { observation?.condition?.figures }
}

extension BenthosObservation {
    /// Whether the flow runs, answers on its own port, and is connected.
    fileprivate var isUp: Bool {
        process.isRunning && portHolder == nil && condition?.readiness == .ready
    }
}

extension FlowFigures {
    /// The connections that all inputs hold: made less lost.
    ///
    /// Unknown where an input does not count both, as for outputs.
    fileprivate var liveInputConnections: Int? {
        let counters = inputs.list.map(\.counters) + [inputs.others].compactMap(\.self)
        guard !counters.isEmpty else { return nil }
        var live = 0
        for counter in counters {
            guard let up = counter.connectionUp, let lost = counter.connectionLost else { return nil }
            live += max(0, up - lost)
        }
        return live
    }
}
