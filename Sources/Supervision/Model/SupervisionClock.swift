/// The source of time of the engine: a clock whose instants are ``Moment``s.
///
/// The engine reads time and sleeps through this protocol only; tests bring a clock that they advance by hand.
public protocol SupervisionClock: Clock, Sendable where Instant == Moment, Duration == Swift.Duration {}

/// The clock of the operating system: monotonic, and it goes on counting while the machine is suspended.
public struct MonotonicClock: SupervisionClock {
    private let clock = ContinuousClock()
    private let origin: ContinuousClock.Instant

    /// Creates a clock whose ``Moment/start`` is now.
    public init() {
        origin = clock.now
    }

    /// The current moment.
    public var now: Moment {
        Moment(sinceStart: origin.duration(to: clock.now))
    }

    /// The smallest step that the clock can tell apart.
    public var minimumResolution: Duration {
        clock.minimumResolution
    }

    /// Suspends the task until the deadline; throws when it is cancelled.
    public func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        try await clock.sleep(until: origin.advanced(by: deadline.sinceStart), tolerance: tolerance)
    }
}
