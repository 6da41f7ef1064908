/// How many requests a server answers: one in each interval on the average, and a few at once.
public struct RequestRate: Sendable, Equatable {
    /// The mean time between two requests.
    public var interval: Duration
    /// How many requests may come at once after a pause.
    public var burst: Int

    /// Describes a rate.
    ///
    /// - Parameters:
    ///   - interval: The mean time between two requests; more than zero.
    ///   - burst: How many requests may come at once after a pause; at least one.
    public init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}
