import Exposition
import Supervision

/// The metrics of asynchronous actions.
struct ActionMetrics: Sendable {
    /// How actions can end: the values of the label `status`.
    private static let results: [ActionOutcome.Result] = [.success, .failure(""), .timeout, .abandoned]

    private let enqueued: MetricFamily<CounterSeries>
    private let completed: MetricFamily<CounterSeries>
    private let duration: MetricFamily<HistogramSeries>
    private let refused: MetricFamily<CounterSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        enqueued = try registry.counter(
            "supervisor_actions_enqueued_total",
            help: "Actions that the executor took.",
            labels: ["worker_id", "action_type"]
        )
        completed = try registry.counter(
            "supervisor_actions_completed_total",
            help: "Actions that ended, by how they ended.",
            labels: ["worker_id", "action_type", "status"]
        )
        duration = try registry.histogram(
            "supervisor_action_duration_seconds",
            help: "How long actions ran, the time in the queue not counted.",
            unit: "seconds",
            labels: ["worker_id", "action_type"],
            buckets: [0.1, 0.5, 1, 5, 10, 30, 60]
        )
        refused = try registry.counter(
            "gatewarden_action_refusals_total",
            help: "Actions that the executor refused; their states ask again.",
            labels: ["reason"]
        )
        for admission in [ActionAdmission.queueFull, .alreadyInProgress, .shuttingDown] {
            try refused.labels(admission.label)
        }
    }

    /// Makes the counters of a worker's actions, so that rates are right from the first failure on.
    ///
    /// The histograms come with their first action: they would make up half of a scrape, and nobody asks for the
    /// percentiles of actions that never ran.
    func prepare(_ worker: HierarchyPath, actions: [String]) throws(ExpositionError) {
        for action in actions {
            try enqueued.labels(worker.description, action)
            for result in Self.results { try completed.labels(worker.description, action, result.label) }
        }
    }

    /// Takes the series of a worker's actions away.
    func forget(_ worker: HierarchyPath, actions: [String]) {
        for action in actions {
            enqueued.remove(worker.description, action)
            duration.remove(worker.description, action)
            for result in Self.results { completed.remove(worker.description, action, result.label) }
        }
    }

    func noteEnqueued(_ worker: HierarchyPath, _ action: String) throws(ExpositionError) {
        try enqueued.labels(worker.description, action).increment()
    }

    func noteCompleted(_ worker: HierarchyPath, _ outcome: ActionOutcome) throws(ExpositionError) {
        try completed.labels(worker.description, outcome.name, outcome.result.label).increment()
        // Leads from a percentile to the lines of the log about this action.
        let exemplar = [(key: "action", value: "\(ActionID(outcome.id))")]
        try duration.labels(worker.description, outcome.name).observe(outcome.duration, exemplar: exemplar)
    }

    func noteRefused(_ admission: ActionAdmission) throws(ExpositionError) {
        try refused.labels(admission.label).increment()
    }
}

extension ActionAdmission {
    /// The value of the metric label `reason`.
    fileprivate var label: String {
        switch self {
        case .accepted: "accepted"
        case .alreadyInProgress: "already_in_progress"
        case .queueFull: "queue_full"
        case .shuttingDown: "shutting_down"
        }
    }
}
