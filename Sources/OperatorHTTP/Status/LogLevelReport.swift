public import Logging

/// Which level the gateway's log has: the answer of `GET` and `PUT /v1/log-level`.
public struct LogLevelReport: Codable, Sendable, Equatable {
    /// The least severe level that is logged now.
    public var level: Logger.Level
    /// The level that the configuration says.
    public var configured: Logger.Level
    /// Milliseconds until the configured level counts again; `nil` where nothing changes by itself.
    public var remainingMilliseconds: Int64?

    /// Describes the level.
    ///
    /// - Parameters:
    ///   - level: The least severe level that is logged now.
    ///   - configured: The level that the configuration says.
    ///   - remaining: Time until the configured level counts again; `nil` where nothing changes by itself.
    public init(level: Logger.Level, configured: Logger.Level, remaining: Duration? = nil) {
        self.level = level
        self.configured = configured
        remainingMilliseconds = remaining.map { Int64($0 / .milliseconds(1)) }
    }

    private enum CodingKeys: String, CodingKey {
        case level, configured
        case remainingMilliseconds = "remaining_ms"
    }
}
