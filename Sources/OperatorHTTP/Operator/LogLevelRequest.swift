public import Logging

/// Which level the gateway's log is to have: the query of `PUT /v1/log-level`.
public struct LogLevelRequest: Sendable, Equatable {
    /// The longest time for which a level can be set.
    public static let longestDuration = Duration.seconds(86_400)

    /// The least severe level that is logged; `nil` for the configured one.
    public var level: Logger.Level?
    /// How long; `nil` until another level is set or the gateway ends.
    public var duration: Duration?

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - level: The least severe level that is logged; `nil` for the configured one.
    ///   - duration: How long, at most ``longestDuration``; `nil` until another level is set or the gateway ends.
    public init(level: Logger.Level?, duration: Duration? = nil) {
        self.level = level
        self.duration = duration
    }
}
