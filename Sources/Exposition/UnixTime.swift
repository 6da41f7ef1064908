internal import Glibc

/// A moment of the calendar, as OpenMetrics carries it.
public struct UnixTime: Sendable, Equatable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z without leap seconds.
    public let milliseconds: Int64

    /// Makes a moment.
    ///
    /// - Parameter milliseconds: Since 1970-01-01T00:00:00Z; negative for earlier moments.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads the system's real-time clock.
    ///
    /// - Returns: The moment of the call.
    public static func now() -> UnixTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Whether a moment is earlier than another one.
    public static func < (left: UnixTime, right: UnixTime) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
