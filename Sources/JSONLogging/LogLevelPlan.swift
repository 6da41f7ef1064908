public import Logging

/// Which level counts: the configured one, or one that an operator has set, for some time or until further notice.
///
/// A new setting replaces an old one. A reload of the configuration changes the level that is gone back to, and leaves
/// alone what an operator has set.
public struct LogLevelPlan: Sendable, Equatable {
    /// What the configuration says.
    public var configured: Logger.Level
    private var chosen: Logger.Level?
    /// When the chosen level ends, as time since some fixed moment; nil for never.
    public private(set) var endsAt: Duration?

    /// Makes a plan in which the configuration counts.
    ///
    /// - Parameter configured: What the configuration says.
    public init(configured: Logger.Level) {
        self.configured = configured
    }

    /// The level that counts.
    public var level: Logger.Level { chosen ?? configured }

    /// Whether an operator has set the level.
    public var isChosen: Bool { chosen != nil }

    /// Lets a level count.
    ///
    /// - Parameters:
    ///   - level: The level.
    ///   - duration: How long it counts; nil until further notice.
    ///   - now: The time since some fixed moment.
    public mutating func choose(_ level: Logger.Level, for duration: Duration?, at now: Duration) {
        chosen = level
        endsAt = duration.map { now + $0 }
    }

    /// Lets the configuration count again.
    public mutating func reset() {
        chosen = nil
        endsAt = nil
    }

    /// Lets the configuration count again if the time of the chosen level is over.
    ///
    /// - Parameter now: The time since the same moment.
    /// - Returns: Whether that is so.
    public mutating func expire(at now: Duration) -> Bool {
        guard let endsAt, endsAt <= now else { return false }
        reset()
        return true
    }
}
