import Exposition
import Supervision
import Workers

/// The `gatewarden_flow_*` families.
struct FlowMetrics: Sendable {
    /// What has failed: the values of the label `kind`.
    private enum ErrorKind: String {
        case output
        case processor
    }

    private let up: MetricFamily<GaugeSeries>
    private let outputConnections: MetricFamily<GaugeSeries>
    private let inputConnections: MetricFamily<GaugeSeries>
    private let received: MetricFamily<CounterSeries>
    private let sent: MetricFamily<CounterSeries>
    private let errors: MetricFamily<CounterSeries>
    private let lag: MetricFamily<GaugeSeries>
    private let waiting: MetricFamily<GaugeSeries>
    private let stalled: MetricFamily<GaugeSeries>
    private let configRefused: MetricFamily<GaugeSeries>
    private let configRollbacks: MetricFamily<CounterSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        let child = ["child"]
        up = try registry.gauge(
            "gatewarden_flow_up", help: "Whether this flow answers and all its connections are up.", labels: child)
        outputConnections = try registry.gauge(
            "gatewarden_flow_output_connections",
            help: "Connections that the outputs of this flow hold.",
            labels: child
        )
        inputConnections = try registry.gauge(
            "gatewarden_flow_input_connections",
            help: "Connections that the inputs of this flow hold.",
            labels: child
        )
        received = try registry.counter(
            "gatewarden_flow_received_total",
            help: "Messages that this flow has received since its process started.",
            labels: child
        )
        sent = try registry.counter(
            "gatewarden_flow_sent_total",
            help: "Messages that this flow has delivered since its process started.",
            labels: child
        )
        errors = try registry.counter(
            "gatewarden_flow_errors_total",
            help: "Failures of this flow's outputs and processors since its process started.",
            labels: ["child", "kind"]
        )
        lag = try registry.gauge(
            "gatewarden_flow_lag", help: "Messages that wait in the topics that this flow reads.", labels: child)
        waiting = try registry.gauge(
            "gatewarden_flow_waiting_seconds",
            help: "For how long work has been waiting in this flow while nothing came out; 0 while nothing waits.",
            unit: "seconds",
            labels: child
        )
        stalled = try registry.gauge(
            "gatewarden_flow_stalled",
            help: "Whether work has been waiting in this flow for longer than its stallAfter allows.",
            labels: child
        )
        configRefused = try registry.gauge(
            "gatewarden_flow_config_refused",
            help: "Whether the last configuration that this flow was tried with did not hold.",
            labels: child
        )
        configRollbacks = try registry.counter(
            "gatewarden_flow_config_rollbacks_total",
            help: "How often the last good configuration of this flow was put back.",
            labels: child
        )
    }

    /// Adds what is known of a flow to a scrape; what is not known is left out.
    func collect(_ samples: inout CollectedSamples, _ path: HierarchyPath, _ account: FlowAccount) {
        let child = path.description
        samples.emit(Double(account.rollbacks), to: configRollbacks, child)
        guard let observation = account.observation else { return }
        samples.emit(observation.isUp ? 1 : 0, to: up, child)
        samples.emit(observation.refused == nil ? 0 : 1, to: configRefused, child)
        if let time = observation.condition?.knownWaiting { samples.emit(time / .seconds(1), to: waiting, child) }
        if let isStalled = account.isStalled { samples.emit(isStalled ? 1 : 0, to: stalled, child) }
        if let figures = observation.condition?.figures { collect(&samples, child, figures) }
    }

    private func collect(_ samples: inout CollectedSamples, _ child: String, _ figures: FlowFigures) {
        if let count = figures.liveOutputConnections { samples.emit(Double(count), to: outputConnections, child) }
        if let count = figures.liveInputConnections { samples.emit(Double(count), to: inputConnections, child) }
        if let count = figures.received { samples.emit(Double(count), to: received, child) }
        if let count = figures.sent { samples.emit(Double(count), to: sent, child) }
        if let count = figures.inputs.total(\.lag) { samples.emit(Double(count), to: lag, child) }
        if let count = figures.outputs.total(\.error) {
            samples.emit(Double(count), to: errors, child, ErrorKind.output.rawValue)
        }
        if let count = figures.processors.error {
            samples.emit(Double(count), to: errors, child, ErrorKind.processor.rawValue)
        }
    }
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
