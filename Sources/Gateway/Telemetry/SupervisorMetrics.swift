import Exposition
import Supervision

/// The metrics of the supervision engine: the nine `supervisor_*` families that keep their names for ever, and the
/// engine's own `gatewarden_*`.
struct SupervisorMetrics: Sendable {
    let circuit: CircuitMetrics
    let actions: ActionMetrics
    let ticks: TickMetrics
    let tree: TreeMetrics
    let collectors: CollectorMetrics

    /// - Parameters:
    ///   - registry: takes the families.
    ///   - now: the time; callable from any thread.
    /// - Throws: a name or label that breaks the rules: a mistake in the program.
    init(_ registry: MetricRegistry, now: @escaping @Sendable () -> Moment) throws(ExpositionError) {
        circuit = try CircuitMetrics(registry)
        actions = try ActionMetrics(registry)
        ticks = try TickMetrics(registry, now: now)
        tree = try TreeMetrics(registry)
        collectors = try CollectorMetrics(registry)
    }
}
