/// Durations read as Go's `time.ParseDuration` reads them: `300ms`, `1m30s`, `1.5h`.
public enum GoDuration {
    /// Reads a duration.
    ///
    /// - Parameter text: for example `50ms`
    /// - Returns: the duration
    /// - Throws: the words of Go for what is wrong, for example `time: unknown unit "qq" in duration "50qq"`
    public static func parse(_ text: String) throws(StandinError) -> Duration {
        if text == "0" { return .zero }
        var rest = text[...]
        var total = Duration.zero
        guard !rest.isEmpty else { throw invalid(text) }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
            rest = rest.dropFirst(unit.count)
            guard let value = Double(number), value < 1e9 else { throw invalid(text) }
            guard !unit.isEmpty else {
                throw StandinError("time: missing unit in duration \(JSONValue.quoted(text))")
            }
            guard let seconds = units[String(unit)] else {
                throw StandinError("time: unknown unit \"\(unit)\" in duration \(JSONValue.quoted(text))")
            }
            total += .nanoseconds(Int64(value * seconds * 1e9))
        }
        return total
    }

    private static let units: [String: Double] = [
        "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
    ]

    private static func invalid(_ text: String) -> StandinError {
        StandinError("time: invalid duration \(JSONValue.quoted(text))")
    }
}
