public import MetricSelection

/// One probe.
public struct ProbeSection: Sendable, Equatable {
    /// What is asked.
    public enum Kind: Sendable, Equatable {
        /// Whether a TCP connection can be made.
        case tcp(Endpoint)
        /// What a GET answers: the status (nil: any from 200 to 399) and text that the body must contain.
        case http(url: String, status: Int?, bodyContains: String?)
        /// Whether the process exists.
        case alive
        /// Whether a command ends with exit code 0; never empty, a program with a relative path has been made absolute.
        case exec(command: [String])
        /// Whether the latest line that contains one of two texts contains the first and not the second.
        case log(contains: String, failsOn: String?)
        /// Whether the program has written a line end to the descriptor of this number.
        case notify(descriptor: Int)
        /// Whether samples have expected values.
        case metric(url: String, MetricSelector, Expectation)
    }

    /// Which values of samples are expected.
    public enum Expectation: Sendable, Equatable {
        /// Those above the number.
        case above(Double)
        /// Those below the number.
        case below(Double)
        /// The number.
        case equals(Double)
    }

    /// What is asked.
    public let kind: Kind
    /// Time from one question to the next.
    public let period: Duration
    /// An answer later than this is a failure.
    public let timeout: Duration
    /// Failures in a row that count as failed.
    public let failureThreshold: Int
    /// Successes in a row that count as passed, after a failure.
    public let successThreshold: Int
    /// Time between the start and the first question.
    public let initialDelay: Duration

    /// Reads a validated probe; nil only where validation has reported that its kind is missing or incomplete.
    init?(_ object: ConfigurationObject, _ schema: ProbeSchema, folder: ConfigurationFolder) {
        guard let kind = Self.kind(object, folder: folder) else { return nil }
        self.kind = kind
        period = object[schema.period]
        timeout = object[ProbeSchema.timeout]
        failureThreshold = object[schema.failureThreshold]
        successThreshold = object[schema.successThreshold]
        initialDelay = object[ProbeSchema.initialDelay]
    }

    private static func kind(_ object: ConfigurationObject, folder: ConfigurationFolder) -> Kind? {
        if let tcp = object[ProbeSchema.tcp] {
            return tcp[TCPProbeSchema.address].map(Kind.tcp)
        }
        if let http = object[ProbeSchema.http] {
            return http[HTTPProbeSchema.url].map { url in
                .http(url: url, status: http[HTTPProbeSchema.status], bodyContains: http[HTTPProbeSchema.bodyContains])
            }
        }
        if let exec = object[ProbeSchema.exec] {
            guard let command = exec[ExecProbeSchema.command], let program = command.first else { return nil }
            return .exec(command: [folder.program(program)] + command.dropFirst())
        }
        if let log = object[ProbeSchema.log] {
            return log[LogProbeSchema.contains].map { .log(contains: $0, failsOn: log[LogProbeSchema.failsOn]) }
        }
        if let notify = object[ProbeSchema.notify] {
            return .notify(descriptor: notify[NotifyProbeSchema.descriptor])
        }
        if let metric = object[ProbeSchema.metric] {
            return self.metric(metric)
        }
        return object[ProbeSchema.alive].map { _ in .alive }
    }

    private static func metric(_ metric: ConfigurationObject) -> Kind? {
        guard let url = metric[MetricProbeSchema.url],
            let selector = metric[MetricProbeSchema.select],
            let expectation = metric[MetricProbeSchema.above].map(Expectation.above)
                ?? metric[MetricProbeSchema.below].map(Expectation.below)
                ?? metric[MetricProbeSchema.equals].map(Expectation.equals)
        else { return nil }
        return .metric(url: url, selector, expectation)
    }
}
