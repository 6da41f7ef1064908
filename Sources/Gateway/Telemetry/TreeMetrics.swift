import Exposition
import Supervision

/// The metrics of the tree's shape and of what is done to its children.
struct TreeMetrics: Sendable {
    /// What became of a child: the values of the label `result`.
    enum Reconciliation: String, CaseIterable {
        case created
        case updated
        case removed
        case failed
    }

    /// What became of a request for a restart: the values of the label `result`.
    private enum Restart: String, CaseIterable {
        case restarted
        case deduplicated
    }

    private let nodes: GaugeSeries
    private let depth: GaugeSeries
    private let reconciliations: MetricFamily<CounterSeries>
    private let restarts: MetricFamily<CounterSeries>
    private let errors: MetricFamily<CounterSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        nodes = try registry.gauge(
            "gatewarden_supervisor_nodes",
            help: "Nodes of the supervision tree, the root included."
        ).labels()
        depth = try registry.gauge(
            "gatewarden_supervisor_tree_depth",
            help: "Levels of the supervision tree, the root included."
        ).labels()
        reconciliations = try registry.counter(
            "gatewarden_supervisor_reconciles_total",
            help: "Children that were created, updated or removed, or could not be created.",
            labels: ["result"]
        )
        restarts = try registry.counter(
            "gatewarden_supervisor_restarts_total",
            help: "Restarts of this child that were asked for; one that was under way already is deduplicated.",
            labels: ["child", "result"]
        )
        errors = try registry.counter(
            "gatewarden_worker_errors_total",
            help: "Errors of this child's worker while it derived or decided; it is asked again.",
            labels: ["child"]
        )
        for result in Reconciliation.allCases { try reconciliations.labels(result.rawValue) }
    }

    /// Makes the series of a node, so that rates are right from the first failure on.
    func prepare(_ path: HierarchyPath) throws(ExpositionError) {
        try errors.labels(path.description)
        for result in Restart.allCases { try restarts.labels(path.description, result.rawValue) }
    }

    /// Takes the series of a node away.
    func forget(_ path: HierarchyPath) {
        errors.remove(path.description)
        for result in Restart.allCases { restarts.remove(path.description, result.rawValue) }
    }

    func noteShape(_ tree: SupervisedNodes) {
        nodes.set(tree.liveCount)
        depth.set(tree.depth)
    }

    func note(_ reconciliation: Reconciliation) throws(ExpositionError) {
        try reconciliations.labels(reconciliation.rawValue).increment()
    }

    func noteRestart(_ path: HierarchyPath, isDuplicate: Bool) throws(ExpositionError) {
        let result = isDuplicate ? Restart.deduplicated : .restarted
        try restarts.labels(path.description, result.rawValue).increment()
    }

    func noteError(_ path: HierarchyPath) throws(ExpositionError) {
        try errors.labels(path.description).increment()
    }
}
