/// How long a Benthos takes at most to end once it is asked to, by its own configuration.
public struct FlowShutdown: Sendable, Equatable {
    /// The keys of the configuration, with what Benthos takes where they are missing.
    static let timeoutKey = "shutdown_timeout"
    /// The key of the wait before shutting down.
    static let delayKey = "shutdown_delay"
    private static let standardTimeout = Duration.seconds(20)

    /// `shutdown_delay`: the time that it goes on as before.
    public let delay: Duration
    /// `shutdown_timeout`: the time after that in which it delivers what it has taken.
    public let timeout: Duration

    /// The time after which a Benthos that still runs hangs.
    public var total: Duration { delay + timeout }

    /// Reads a configuration in which validation has found no problem.
    init(_ document: ConfigurationObject) {
        delay = Self.duration(Self.delayKey, of: document) ?? .zero
        timeout = Self.duration(Self.timeoutKey, of: document) ?? Self.standardTimeout
    }

    private static func duration(_ key: String, of document: ConfigurationObject) -> Duration? {
        (document[key]?.content.scalarText).flatMap(GoDuration.parse)
    }
}
