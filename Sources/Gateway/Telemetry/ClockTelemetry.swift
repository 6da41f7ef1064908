import Exposition
import JSONLogging
import Logging
import ProcessControl
import Supervision
import Synchronization

/// Makes metrics and log lines from what happens to the calendar: looks at it with every tick.
///
/// The engine does not mind a jump. Certificates, the times of the log, and whoever compares this box with others do.
final class ClockTelemetry: SupervisionObserver {
    private let synchronized: MetricFamily<GaugeSeries>
    private let jumps: [ClockWatch.Direction: CounterSeries]
    private let now: @Sendable () -> Moment
    private let calendar: @Sendable () -> Duration
    private let logger: Logger
    private let watch = Mutex(ClockWatch())

    /// - Parameters:
    ///   - registry: takes the families.
    ///   - now: the monotonic time; callable from any thread.
    ///   - calendar: the time since 1970; callable from any thread.
    ///   - logger: takes the lines.
    /// - Throws: a name or label that breaks the rules: a mistake in the program.
    init(
        _ registry: MetricRegistry,
        now: @escaping @Sendable () -> Moment,
        calendar: @escaping @Sendable () -> Duration,
        logger: Logger
    ) throws(ExpositionError) {
        self.now = now
        self.calendar = calendar
        self.logger = logger
        synchronized = try registry.gauge(
            "gatewarden_clock_synchronized",
            help: "Whether a time service keeps this box's clock synchronized, by the kernel's account."
        )
        let jumps = try registry.counter(
            "gatewarden_clock_jumps_total",
            help: "Changes of this box's clock by more than a second that were not the passing of time.",
            labels: ["direction"]
        )
        var series: [ClockWatch.Direction: CounterSeries] = [:]
        for direction in ClockWatch.Direction.allCases { series[direction] = try jumps.labels(direction.rawValue) }
        self.jumps = series
    }

    func record(_ event: SupervisionEvent) {
        guard case .ticked = event else { return }
        let jump = watch.withLock { watch in
            let before = now()
            return watch.note(ClockWatch.Look(before: before, calendar: calendar(), after: now()))
        }
        guard let jump else { return }
        jumps[jump.direction]?.increment()
        logger.warning(
            "Clock jumped",
            metadata: ["direction": "\(jump.direction.rawValue)", "distance_ms": .milliseconds(jump.distance)]
        )
    }

    /// Adds the kernel's account of the clock to a scrape; nothing where the kernel does not tell.
    func collect(_ samples: inout CollectedSamples) {
        if let isSynchronized = KernelClock.isSynchronized { samples.emit(isSynchronized ? 1 : 0, to: synchronized) }
    }
}
