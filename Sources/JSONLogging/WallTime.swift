internal import Glibc

/// A moment of the calendar, as log lines carry it.
public struct WallTime: Sendable, Equatable, CustomStringConvertible {
    /// Time since 1970-01-01T00:00:00Z without leap seconds.
    public let sinceEpoch: Duration

    /// Makes a moment.
    ///
    /// - Parameter sinceEpoch: Time since 1970-01-01T00:00:00Z; negative for earlier moments.
    public init(sinceEpoch: Duration) {
        self.sinceEpoch = sinceEpoch
    }

    /// Reads the system's real-time clock.
    ///
    /// - Returns: The moment of the call.
    public static func now() -> WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(sinceEpoch: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T02:05:30.123Z`.
    public var description: String {
        var bytes: [UInt8] = []
        appendRFC3339(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends RFC 3339 in UTC with milliseconds: `2026-11-21T02:05:30.123Z`.
    ///
    /// Years outside 0000 to 9999, which RFC 3339 cannot express, are clamped to the nearest moment that it can.
    ///
    /// - Parameter buffer: Gets 24 bytes.
    public func appendRFC3339(to buffer: inout [UInt8]) {
        let parts = sinceEpoch.components
        var milliseconds = Int(parts.attoseconds / 1_000_000_000_000_000)
        // Seconds of the first moment of year 0 and of the last of year 9999.
        var seconds = Int(max(-62_167_219_200, min(parts.seconds, 253_402_300_799)))
        if milliseconds < 0 {
            milliseconds += 1000
            seconds = max(-62_167_219_200, seconds - 1)
        }
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        let second = seconds - day * 86_400
        let date = Self.civil(fromDay: day)
        Self.append(date.year, digits: 4, then: "-", to: &buffer)
        Self.append(date.month, digits: 2, then: "-", to: &buffer)
        Self.append(date.day, digits: 2, then: "T", to: &buffer)
        Self.append(second / 3600, digits: 2, then: ":", to: &buffer)
        Self.append(second / 60 % 60, digits: 2, then: ":", to: &buffer)
        Self.append(second % 60, digits: 2, then: ".", to: &buffer)
        Self.append(milliseconds, digits: 3, then: "Z", to: &buffer)
    }

    /// The Gregorian date of a day counted from 1970-01-01.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`. The calendar repeats
    /// every 146,097 days; years begin in March, so that the leap day is a year's last.
    private static func civil(fromDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func append(_ number: Int, digits: Int, then separator: Unicode.Scalar, to buffer: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
        buffer.append(UInt8(ascii: separator))
    }
}
