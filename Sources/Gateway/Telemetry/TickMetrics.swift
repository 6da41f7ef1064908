import Exposition

/// The metrics of the tick loop and of the collectors.
struct TickMetrics: Sendable {
    /// The duration of a tick of the whole tree.
    let duration: HistogramSeries
    /// Ticks that ended after the next one was due.
    let overruns: CounterSeries
    /// The length of the action queue.
    let waitingActions: GaugeSeries
    /// The number of nodes in the tree.
    let nodes: GaugeSeries
    /// The duration of observations.
    let collections: HistogramSeries
    /// Observations that failed.
    let failedCollections: CounterSeries

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        duration = try registry.histogram(
            "gatewarden_supervisor_tick_duration_seconds",
            help: "How long a tick of the whole tree takes.",
            unit: "seconds",
            buckets: [0.0001, 0.001, 0.01, 0.1, 1]
        ).labels()
        overruns = try registry.counter(
            "gatewarden_supervisor_tick_overruns_total",
            help: "Ticks that ended after the next one was due."
        ).labels()
        waitingActions = try registry.gauge(
            "gatewarden_action_queue_length",
            help: "Actions that wait for their turn."
        ).labels()
        nodes = try registry.gauge(
            "gatewarden_supervisor_nodes",
            help: "Nodes of the supervision tree, the root included."
        ).labels()
        collections = try registry.histogram(
            "gatewarden_collector_duration_seconds",
            help: "How long collectors take to observe their worker.",
            unit: "seconds",
            buckets: [0.001, 0.01, 0.1, 1, 10]
        ).labels()
        failedCollections = try registry.counter(
            "gatewarden_collector_failures_total",
            help: "Observations that failed; the last good one stays in force."
        ).labels()
    }
}
