/// What one probe asks, how often, and how many answers it takes to change its mind.
///
/// Meaning and defaults are those of Kubernetes' container probes
/// (https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/).
public struct ProbeConfiguration: Sendable, Equatable {
    /// The question that the probe asks.
    public enum Kind: Sendable, Equatable {
        /// The process exists.
        case alive
        /// A TCP connection to the port is accepted.
        case tcp(host: String, port: Int)
        /// A GET request is answered as expected.
        case http(HTTPProbe)
        /// A command ends with exit code 0.
        case exec(ExecProbe)
        /// The process has written a line.
        case log(LogProbe)
        /// The process has written a newline to the descriptor of this number, which it got at its start.
        case notify(descriptor: Int32)
        /// Samples of a program's metrics are as expected.
        case metric(MetricProbe)
    }

    /// The question that the probe asks.
    public var kind: Kind
    /// Time from the start of one probe to the start of the next; a probe that takes longer is followed at once.
    public var period: Duration
    /// Time after which an unanswered probe has failed.
    public var timeout: Duration
    /// Failures in a row after which the probe is failing; values under 1 count as 1.
    public var failureThreshold: Int
    /// Successes in a row after which the probe is passing; values under 1 count as 1.
    public var successThreshold: Int
    /// Time to wait before the first probe.
    public var initialDelay: Duration

    /// Describes a probe.
    ///
    /// - Parameters:
    ///   - kind: The question that the probe asks.
    ///   - period: Time from the start of one probe to the start of the next.
    ///   - timeout: Time after which an unanswered probe has failed.
    ///   - failureThreshold: Failures in a row after which the probe is failing.
    ///   - successThreshold: Successes in a row after which the probe is passing.
    ///   - initialDelay: Time to wait before the first probe.
    public init(
        kind: Kind,
        period: Duration = .seconds(10),
        timeout: Duration = .seconds(1),
        failureThreshold: Int = 3,
        successThreshold: Int = 1,
        initialDelay: Duration = .zero
    ) {
        self.kind = kind
        self.period = period
        self.timeout = timeout
        self.failureThreshold = failureThreshold
        self.successThreshold = successThreshold
        self.initialDelay = initialDelay
    }
}
