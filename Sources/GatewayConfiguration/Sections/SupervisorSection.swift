/// How the tree is supervised.
public struct SupervisorSection: Sendable, Equatable {
    /// Pause between two looks at slow changes.
    public let tickInterval: Duration
    /// Pause between two observations of a child.
    public let collectorInterval: Duration
    /// An observation older than this leads to no new action.
    public let staleAfter: Duration
    /// An observation older than this restarts the loop that observes; never below `staleAfter`.
    public let collectorRestartAfter: Duration
    /// Longest time for stopping everything.
    public let shutdownTimeout: Duration
    /// How children that are down or contradict each other are repaired.
    public let circuit: CircuitSection

    init(_ object: ConfigurationObject) {
        tickInterval = object[SupervisorSchema.tickInterval]
        collectorInterval = object[SupervisorSchema.collectorInterval]
        staleAfter = object[SupervisorSchema.staleAfter]
        collectorRestartAfter = object[SupervisorSchema.collectorRestartAfter]
        shutdownTimeout = object[SupervisorSchema.shutdownTimeout]
        circuit = CircuitSection(object[SupervisorSchema.circuit])
    }
}
