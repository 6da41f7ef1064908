/// The times and sizes of a supervision tree.
public struct SupervisionSettings: Sendable, Equatable {
    /// How often the whole tree is ticked; events are acted on at once whatever this is.
    public var tickInterval: Duration
    /// How often each worker is observed; after an action and on a worker's word it is observed at once.
    public var collectorInterval: Duration
    /// How many actions run at once in the whole tree.
    public var actionWorkers: Int
    /// How many actions may wait for their turn.
    public var actionQueueLimit: Int
    /// How long an action may run before it is cancelled.
    public var actionTimeout: Duration
    /// How long a cancelled action may go on before it is given up.
    public var actionGrace: Duration

    /// Creates settings; the defaults are those of the specification of the engine.
    public init(
        tickInterval: Duration = .milliseconds(100),
        collectorInterval: Duration = .seconds(1),
        actionWorkers: Int = 10,
        actionQueueLimit: Int = 100,
        actionTimeout: Duration = .seconds(30),
        actionGrace: Duration = .seconds(5)
    ) {
        self.tickInterval = tickInterval
        self.collectorInterval = collectorInterval
        self.actionWorkers = actionWorkers
        self.actionQueueLimit = actionQueueLimit
        self.actionTimeout = actionTimeout
        self.actionGrace = actionGrace
    }
}
