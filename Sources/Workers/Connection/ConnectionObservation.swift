/// What is known of a connection.
public struct ConnectionObservation: Sendable, Equatable {
    /// Whether the device can be reached.
    public enum Reach: Sendable, Equatable {
        /// Nobody has tried yet.
        case unknown
        /// The last connection was made in this time.
        case up(connectTime: Duration)
        /// As many attempts failed in a row as count as down; why the last one did.
        case down(String)
    }

    /// Whether the device can be reached.
    public var reach: Reach
    /// How often that has changed within the configured time.
    public var changes: Int

    /// Creates an observation.
    public init(reach: Reach = .unknown, changes: Int = 0) {
        self.reach = reach
        self.changes = changes
    }
}
