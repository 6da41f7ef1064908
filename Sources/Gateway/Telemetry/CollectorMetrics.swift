import Exposition

/// The metrics of the collectors.
struct CollectorMetrics: Sendable {
    /// The duration of observations.
    let duration: HistogramSeries
    /// Observations that failed.
    let failures: CounterSeries
    /// Collectors that were replaced because they brought nothing for too long.
    let restarts: CounterSeries
    /// The number of workers whose last observation is too old to act on.
    let stale: GaugeSeries

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        duration = try registry.histogram(
            "gatewarden_collector_duration_seconds",
            help: "How long collectors take to observe their worker.",
            unit: "seconds",
            buckets: [0.001, 0.01, 0.1, 1, 10]
        ).labels()
        failures = try registry.counter(
            "gatewarden_collector_failures_total",
            help: "Observations that failed; the last good one stays in force."
        ).labels()
        restarts = try registry.counter(
            "gatewarden_collector_restarts_total",
            help: "Collectors that were replaced because they brought nothing for too long."
        ).labels()
        stale = try registry.gauge(
            "gatewarden_collector_stale",
            help: "Workers whose last observation is too old to act on."
        ).labels()
    }
}
