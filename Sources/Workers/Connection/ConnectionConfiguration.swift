public import Supervision

/// The configuration of a connection's worker.
public struct ConnectionConfiguration: WorkerConfiguration {
    /// The name or address of the device.
    public let host: String
    /// Its TCP port.
    public let port: Int
    /// Time from one attempt to the next.
    public let period: Duration
    /// A connection that takes longer is a failure.
    public let timeout: Duration
    /// How many failures in a row count as down.
    public let failureThreshold: Int
    /// The time in which changes between up and down are counted.
    public let flapWindow: Duration
    /// How many changes within that time make the connection flaky.
    public let flapThreshold: Int

    /// Creates a configuration.
    public init(
        host: String,
        port: Int,
        period: Duration = .seconds(1),
        timeout: Duration = .seconds(1),
        failureThreshold: Int = 3,
        flapWindow: Duration = .seconds(300),
        flapThreshold: Int = 5
    ) {
        self.host = host
        self.port = port
        self.period = period
        self.timeout = timeout
        self.failureThreshold = failureThreshold
        self.flapWindow = flapWindow
        self.flapThreshold = flapThreshold
    }
}
