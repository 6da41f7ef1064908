import Exposition

/// The metrics of the supervision engine: the nine `supervisor_*` families that keep their names for ever, and the
/// engine's own `gatewarden_*`.
struct SupervisorMetrics: Sendable {
    let circuit: CircuitMetrics
    let actions: ActionMetrics
    let ticks: TickMetrics
    let tree: TreeMetrics
    let collectors: CollectorMetrics

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        circuit = try CircuitMetrics(registry)
        actions = try ActionMetrics(registry)
        ticks = try TickMetrics(registry)
        tree = try TreeMetrics(registry)
        collectors = try CollectorMetrics(registry)
    }
}
