/// How the tree is supervised.
public struct SupervisorSection: Sendable, Equatable {
    /// Pause between two looks at slow changes.
    public let tickInterval: Duration
    /// Pause between two observations of a child.
    public let collectorInterval: Duration
    /// Longest time for stopping everything.
    public let shutdownTimeout: Duration

    init(_ object: ConfigurationObject) {
        tickInterval = object[SupervisorSchema.tickInterval]
        collectorInterval = object[SupervisorSchema.collectorInterval]
        shutdownTimeout = object[SupervisorSchema.shutdownTimeout]
    }
}
