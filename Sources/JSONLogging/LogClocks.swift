/// The two times that a log needs.
public struct LogClocks: Sendable {
    /// The time of day, for the lines.
    public var now: @Sendable () -> WallTime
    /// The time since some fixed moment, which no correction of the calendar's clock touches.
    public var elapsed: @Sendable () -> Duration

    /// Brings two times together.
    ///
    /// - Parameters:
    ///   - now: The time of day; the system's by default.
    ///   - elapsed: The time since some fixed moment; the system's by default.
    public init(
        now: @escaping @Sendable () -> WallTime = WallTime.now,
        elapsed: @escaping @Sendable () -> Duration = LogClocks.systemElapsed()
    ) {
        self.now = now
        self.elapsed = elapsed
    }

    /// The time since the call, by the system's clock.
    ///
    /// - Returns: A function that reads it.
    public static func systemElapsed() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { start.duration(to: .now) }
    }
}
