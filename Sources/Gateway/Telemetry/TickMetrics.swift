import Exposition
import Supervision
import Synchronization

/// The metrics of the tick loop.
final class TickMetrics: Sendable {
    private let duration: HistogramSeries
    private let delay: HistogramSeries
    private let overruns: CounterSeries
    private let waitingActions: GaugeSeries
    private let age: MetricFamily<GaugeSeries>
    private let now: @Sendable () -> Moment
    /// When the last tick began that has ended; before the first one, when this was made.
    private let lastBegan: Mutex<Moment>

    /// - Parameters:
    ///   - registry: takes the families.
    ///   - now: the time; callable from any thread.
    /// - Throws: a name that breaks the rules: a mistake in the program.
    init(_ registry: MetricRegistry, now: @escaping @Sendable () -> Moment) throws(ExpositionError) {
        self.now = now
        lastBegan = Mutex(now())
        duration = try registry.histogram(
            "gatewarden_supervisor_tick_duration_seconds",
            help: "How long a tick of the whole tree takes.",
            unit: "seconds",
            buckets: [0.0001, 0.001, 0.01, 0.1, 1]
        ).labels()
        delay = try registry.histogram(
            "gatewarden_supervisor_tick_delay_seconds",
            help: "How late a tick began.",
            unit: "seconds",
            buckets: [0.001, 0.01, 0.1, 1, 10]
        ).labels()
        overruns = try registry.counter(
            "gatewarden_supervisor_tick_overruns_total",
            help: "Ticks that ended after the next one was due."
        ).labels()
        waitingActions = try registry.gauge(
            "gatewarden_action_queue_length",
            help: "Actions that wait for their turn."
        ).labels()
        age = try registry.gauge(
            "gatewarden_supervisor_tick_age_seconds",
            help: "Time since the last complete tick began; it goes on rising while the tick loop hangs.",
            unit: "seconds"
        )
    }

    /// Notes a tick that has just ended.
    func note(delay: Duration, duration: Duration, overran: Bool, waitingActions: Int) {
        let began = Moment(sinceStart: now().sinceStart - duration)
        lastBegan.withLock { $0 = began }
        self.duration.observe(duration)
        self.delay.observe(delay)
        self.waitingActions.set(waitingActions)
        if overran { overruns.increment() }
    }

    /// Adds the age of the last tick to a scrape; it waits for no tick.
    func collect(_ samples: inout CollectedSamples) {
        samples.emit(lastBegan.withLock { $0 }.duration(to: now()) / .seconds(1), to: age)
    }
}
