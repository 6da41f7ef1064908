/// The times and sizes of a supervision tree; the defaults are those of the specification of the engine.
public struct SupervisionSettings: Sendable, Equatable {
    /// How often the whole tree is ticked; events are acted on at once whatever this is.
    public var tickInterval = Duration.milliseconds(100)
    /// How often each worker is observed; after an action and on a worker's word it is observed at once.
    public var collectorInterval = Duration.seconds(1)
    /// The age at which an observation is too old to act on.
    public var staleAfter = Duration.seconds(10)
    /// The age at which the collector of an observation is replaced, and again after each further such time.
    public var collectorRestartAfter = Duration.seconds(20)
    /// How many actions run at once in the whole tree.
    public var actionWorkers = 10
    /// How many actions may wait for their turn.
    public var actionQueueLimit = 100
    /// How long an action may run before it is cancelled, where it does not say so itself.
    public var actionTimeout = Duration.seconds(30)
    /// How long a cancelled action may go on before it is given up.
    public var actionGrace = Duration.seconds(5)
    /// How long a failed action is left alone before its state may ask for it again.
    public var actionBackoff = Backoff()
    /// When and how often recovery is attempted while a circuit is open.
    public var circuit = CircuitPolicy()
    /// How often an open circuit is reported.
    public var circuitReportInterval = Duration.seconds(1)
    /// How many evaluations in a row a consistency check must fail before it counts, where it does not say so itself.
    public var checkFailureThreshold = 3
    /// How long actions wait at most for the store to have a worker's documents on disk.
    public var durabilityTimeout = Duration.seconds(2)

    /// Creates settings with the defaults.
    public init() {}
}
