/// A connection to a device or a server: nothing is sent, only that it can be reached is seen.
public struct ConnectionSection: Sendable, Equatable {
    /// Where the connection stands in the tree, and when it is to be watched.
    public let place: ChildPlace
    /// Where to connect to.
    public let endpoint: Endpoint
    /// Time from one attempt to the next.
    public let period: Duration
    /// A connection that takes longer is a failure.
    public let timeout: Duration
    /// Failures in a row that count as down.
    public let failureThreshold: Int
    /// Time in which changes between up and down are counted.
    public let flapWindow: Duration
    /// Changes within that time that make the connection flaky.
    public let flapThreshold: Int

    /// Reads validated fields; nil only where validation has reported that the endpoint is missing.
    init?(_ object: ConfigurationObject, place: ChildPlace) {
        guard let endpoint = object[ConnectionSchema.endpoint] else { return nil }
        self.place = place
        self.endpoint = endpoint
        period = object[ConnectionSchema.period]
        timeout = object[ConnectionSchema.timeout]
        failureThreshold = object[ConnectionSchema.failureThreshold]
        flapWindow = object[ConnectionSchema.flapWindow]
        flapThreshold = object[ConnectionSchema.flapThreshold]
    }
}
