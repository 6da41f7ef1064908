import Glibc

/// Moments as RFC 3339 writes them.
enum TimestampText {
    /// Writes a moment in UTC with milliseconds, such as `2026-11-21T02:05:30.123Z`.
    ///
    /// - Parameter sinceEpoch: Time since 1970-01-01T00:00:00Z.
    /// - Returns: The text; moments outside the years 0 to 9999, which RFC 3339 cannot express, as the start of 1970.
    static func format(_ sinceEpoch: Duration) -> String {
        let (seconds, attoseconds) = sinceEpoch.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        // Before 1970 both parts are negative; the fraction counts forward from the whole second.
        var time = time_t(milliseconds < 0 ? seconds - 1 : seconds)
        let fraction = milliseconds < 0 ? milliseconds + 1000 : milliseconds
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil, (-1900...8099).contains(parts.tm_year) else { return format(.zero) }
        let date = [padded(parts.tm_year + 1900, 4), padded(parts.tm_mon + 1, 2), padded(parts.tm_mday, 2)]
        let clock = [padded(parts.tm_hour, 2), padded(parts.tm_min, 2), padded(parts.tm_sec, 2)]
        return "\(date.joined(separator: "-"))T\(clock.joined(separator: ":")).\(padded(Int32(fraction), 3))Z"
    }

    /// The time of the machine's clock, since 1970-01-01T00:00:00Z.
    static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
