/// How children that are down or contradict each other are repaired.
public struct CircuitSection: Sendable, Equatable {
    /// Failed checks in a row that open the circuit.
    public let failureThreshold: Int
    /// Delay between the first two recovery attempts; it doubles from one to the next.
    public let initialDelay: Duration
    /// Longest delay; never below `initialDelay`.
    public let maximumDelay: Duration
    /// Failures count together within this time; a later one counts from one again.
    public let attemptWindow: Duration
    /// Failed attempts after which an operator is called.
    public let maxAttempts: Int
    /// Shortest time between two reports of one open circuit; zero reports on every tick.
    public let reportInterval: Duration
    /// How long a restarted child must have been ready before the circuit closes.
    public let settleTime: Duration

    init(_ object: ConfigurationObject) {
        failureThreshold = object[CircuitSchema.failureThreshold]
        initialDelay = object[CircuitSchema.initialDelay]
        maximumDelay = object[CircuitSchema.maximumDelay]
        attemptWindow = object[CircuitSchema.attemptWindow]
        maxAttempts = object[CircuitSchema.maxAttempts]
        reportInterval = object[CircuitSchema.reportInterval]
        settleTime = object[CircuitSchema.settleTime]
    }
}
