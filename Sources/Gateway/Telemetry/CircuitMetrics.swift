import Exposition
import Supervision

/// The metrics of circuits and of the actions that outlast their opening; their names stay for ever.
struct CircuitMetrics: Sendable {
    private let open: MetricFamily<GaugeSeries>
    private let checkFailures: MetricFamily<CounterSeries>
    private let recoveries: MetricFamily<CounterSeries>
    private let escalations: MetricFamily<CounterSeries>
    private let actionsDuringCircuit: MetricFamily<CounterSeries>
    private let postCircuitDuration: MetricFamily<HistogramSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        open = try registry.gauge(
            "supervisor_circuit_breaker_open",
            help: "Whether the circuit of this supervisor is open (1) or closed (0).",
            labels: ["supervisor"]
        )
        checkFailures = try registry.counter(
            "supervisor_infrastructure_check_failures_total",
            help: "Consistency checks that opened a circuit or still failed after an attempt, by the blamed child.",
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
    }

    /// Makes the series of a supervisor that has children, so that rates are right from the first failure on.
    func prepare(_ supervisor: SupervisedNode) throws(ExpositionError) {
        guard !supervisor.children.isEmpty else { return }
        let path = supervisor.path.description
        try open.labels(path)
        try recoveries.labels(path)
        try actionsDuringCircuit.labels(path)
        try postCircuitDuration.labels(path)
        for child in supervisor.children { try escalations.labels(path, child) }
        for label in supervisor.checks { try checkFailures.labels(path, label.check, label.child) }
    }

    /// Takes the series of a supervisor away.
    func forget(_ supervisor: SupervisedNode) {
        let path = supervisor.path.description
        open.remove(path)
        recoveries.remove(path)
        actionsDuringCircuit.remove(path)
        postCircuitDuration.remove(path)
        forget(children: supervisor.children, checks: supervisor.checks, of: supervisor.path)
    }

    /// Takes the series of some children and checks of a supervisor away.
    func forget(children: Set<String>, checks: Set<CheckLabel>, of supervisor: HierarchyPath) {
        for child in children { escalations.remove(supervisor.description, child) }
        for label in checks { checkFailures.remove(supervisor.description, label.check, label.child) }
    }

    /// Notes that a fresh supervisor has taken its place: its circuit is closed.
    func noteFresh(_ supervisor: SupervisedNode) throws(ExpositionError) {
        if !supervisor.children.isEmpty { try open.labels(supervisor.path.description).set(0) }
    }

    /// Notes what a circuit did.
    func note(_ change: CircuitChange, _ report: CircuitReport, of path: HierarchyPath) throws(ExpositionError) {
        let supervisor = path.description
        switch change {
        case .opened:
            try open.labels(supervisor).set(1)
            try noteFailure(report, supervisor)
        case .attemptFailed:
            try noteFailure(report, supervisor)
        case .escalated:
            if let failure = report.failure { try escalations.labels(supervisor, failure.child).increment() }
        case .recovered:
            try open.labels(supervisor).set(0)
            try recoveries.labels(supervisor).increment()
        case .reset:
            try open.labels(supervisor).set(0)
        case .stillOpen, .lastAttempt:
            break
        }
    }

    /// Notes an action that ended after the circuit had opened.
    func noteOutlasted(_ supervisor: HierarchyPath, ranOn: Duration) throws(ExpositionError) {
        try actionsDuringCircuit.labels(supervisor.description).increment()
        try postCircuitDuration.labels(supervisor.description).observe(ranOn)
    }

    private func noteFailure(_ report: CircuitReport, _ supervisor: String) throws(ExpositionError) {
        guard let failure = report.failure else { return }
        try checkFailures.labels(supervisor, failure.check, failure.child).increment()
    }
}
