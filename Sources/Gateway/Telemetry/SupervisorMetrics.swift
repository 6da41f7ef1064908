import Exposition
import Supervision

/// The metrics of the supervision engine: the nine `supervisor_*` families that keep their names for ever, and the
/// engine's own `gatewarden_supervisor_*`.
struct SupervisorMetrics: Sendable {
    let circuitBreakerOpen: MetricFamily<GaugeSeries>
    let checkFailures: MetricFamily<CounterSeries>
    let recoveries: MetricFamily<CounterSeries>
    let escalations: MetricFamily<CounterSeries>
    let actionsDuringCircuit: MetricFamily<CounterSeries>
    let postCircuitDuration: MetricFamily<HistogramSeries>
    let actions: ActionMetrics
    let ticks: TickMetrics

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        circuitBreakerOpen = try registry.gauge(
            "supervisor_circuit_breaker_open",
            help: "Whether the circuit of this supervisor is open (1) or closed (0).",
            labels: ["supervisor"]
        )
        checkFailures = try registry.counter(
            "supervisor_infrastructure_check_failures_total",
            help: "Consistency checks that failed, by the child that they blame.",
            labels: ["supervisor", "check", "child_name"]
        )
        recoveries = try registry.counter(
            "supervisor_circuit_breaker_recoveries_total",
            help: "Circuits that closed because all checks passed again.",
            labels: ["supervisor"]
        )
        escalations = try registry.counter(
            "supervisor_escalations_total",
            help: "Incidents that used up their recovery attempts.",
            labels: ["supervisor", "child_name"]
        )
        actionsDuringCircuit = try registry.counter(
            "supervisor_actions_during_circuit_total",
            help: "Actions that ended after the circuit of their supervisor had opened.",
            labels: ["supervisor"]
        )
        postCircuitDuration = try registry.histogram(
            "supervisor_action_post_circuit_duration_seconds",
            help: "How long actions went on after the circuit of their supervisor had opened.",
            unit: "seconds",
            labels: ["supervisor"],
            buckets: [1, 5, 10, 30, 60]
        )
        actions = try ActionMetrics(registry)
        ticks = try TickMetrics(registry)
    }

    /// Makes the series of a supervisor that has children, so that rates are right from the first failure on.
    func prepareSupervisor(_ path: HierarchyPath, children: [String]) throws(ExpositionError) {
        guard !children.isEmpty else { return }
        let supervisor = path.description
        try circuitBreakerOpen.labels(supervisor)
        try recoveries.labels(supervisor)
        try actionsDuringCircuit.labels(supervisor)
        try postCircuitDuration.labels(supervisor)
        for child in children { try escalations.labels(supervisor, child) }
    }
}
