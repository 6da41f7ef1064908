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
    init?(_ object: ConfigurationObject, _ schema: ProbeSchema) {
        guard let kind = Self.kind(object) else { return nil }
        self.kind = kind
        period = object[schema.period]
        timeout = object[ProbeSchema.timeout]
        failureThreshold = object[schema.failureThreshold]
        successThreshold = object[schema.successThreshold]
        initialDelay = object[ProbeSchema.initialDelay]
    }

    private static func kind(_ object: ConfigurationObject) -> Kind? {
        if let tcp = object[ProbeSchema.tcp] {
            return tcp[TCPProbeSchema.address].map(Kind.tcp)
        }
        if let http = object[ProbeSchema.http] {
            return http[HTTPProbeSchema.url].map { url in
                .http(url: url, status: http[HTTPProbeSchema.status], bodyContains: http[HTTPProbeSchema.bodyContains])
            }
        }
        return object[ProbeSchema.alive].map { _ in .alive }
    }
}
