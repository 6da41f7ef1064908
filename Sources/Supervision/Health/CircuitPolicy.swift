/// When and how often a supervisor attempts to recover while its circuit is open.
public struct CircuitPolicy: Sendable, Hashable {
    /// The delays between attempts.
    public var backoff = Backoff()
    /// The failed attempts after which the incident escalates.
    public var maxAttempts = 5
    /// A failure later than this after the first one of its window begins a new window, with no attempts counted.
    public var attemptWindow = Duration.seconds(300)
    /// How long a restarted child must at least have been ready before the circuit closes.
    public var settleTime = Duration.milliseconds(500)
    /// A child that is ready for less than this after a repair has relapsed: from then on it must be ready for twice as
    /// long before the circuit closes.
    public var stableAfter = Duration.seconds(3)
    /// How long a relapse is remembered.
    public var relapseWindow = Duration.seconds(60)

    /// Creates a policy with the defaults of the specification of the engine.
    public init() {}
}
