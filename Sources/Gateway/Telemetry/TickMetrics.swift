import Exposition

/// The metrics of the tick loop.
struct TickMetrics: Sendable {
    /// The duration of a tick of the whole tree.
    let duration: HistogramSeries
    /// Ticks that ended after the next one was due.
    let overruns: CounterSeries
    /// The length of the action queue.
    let waitingActions: GaugeSeries

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
    }
}
