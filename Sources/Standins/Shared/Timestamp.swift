import Glibc

/// The wall clock, written as the programs' logs write it.
public enum Timestamp {
    /// Now in UTC to the second, RFC 3339: `2026-11-20T23:41:27Z`.
    ///
    /// - Returns: the text
    public static func seconds() -> String {
        let (second, _) = now()
        return text(of: second, fraction: "") + "Z"
    }

    /// Now in UTC with nanoseconds, as Go's RFC3339Nano: trailing zeros are dropped.
    ///
    /// - Returns: the text
    public static func nanoseconds() -> String {
        let (second, nanoseconds) = now()
        var digits = String(String(1_000_000_000 + nanoseconds).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return text(of: second, fraction: digits.isEmpty ? "" : "." + digits) + "Z"
    }

    /// Now in UTC to the millisecond with a comma, as Seastar's logger writes it: `2026-11-20 23:41:27,123`.
    ///
    /// - Returns: the text
    public static func seastar() -> String {
        let (second, nanoseconds) = now()
        let milliseconds = String(1_000 + nanoseconds / 1_000_000).dropFirst()
        return text(of: second, separator: " ", fraction: "," + milliseconds)
    }

    private static func now() -> (second: Int, nanoseconds: Int) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return (time.tv_sec, time.tv_nsec)
    }

    private static func text(of second: Int, separator: String = "T", fraction: String) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (year, month, day) = date(ofDay: second / 86_400)
        let time = second % 86_400
        return "\(year)-\(two(month))-\(two(day))\(separator)"
            + "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60))\(fraction)"
    }

    /// The Gregorian date of a day since the Unix epoch, by eras of 400 years that begin in March
    /// (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            yearOfEra + era * 400 + (isNextYear ? 1 : 0),
            isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}
