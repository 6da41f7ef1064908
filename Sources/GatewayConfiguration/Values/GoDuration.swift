/// Durations as Go reads them, and so Benthos.
enum GoDuration {
    private static let units: [String: Double] = [
        "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
    ]

    /// Reads a duration such as `1m30s`, `1.5h` or `0`.
    ///
    /// Source: the documentation of Go's `time.ParseDuration`. Fractions are exact to the nanosecond up to some weeks.
    ///
    /// - Parameter text: Numbers, each with a unit, after an optional sign.
    /// - Returns: The duration, or nil where the text is none or exceeds Go's range of 64 bits of nanoseconds.
    static func parse(_ text: String) -> Duration? {
        let isNegative = text.first == "-"
        var rest = isNegative || text.first == "+" ? text.dropFirst() : text[...]
        if rest == "0" { return .zero }
        var seconds = 0.0
        repeat {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest.dropFirst(number.count).prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
            guard number.contains(where: \.isNumber), number.count(where: { $0 == "." }) <= 1,
                // A digit on either side of the point, which Go does not need.
                let count = Double(number.contains(".") ? "0\(number)0" : String(number)),
                let size = units[String(unit)]
            else { return nil }
            seconds += count * size
            rest = rest.dropFirst(number.count + unit.count)
        } while !rest.isEmpty
        guard seconds < Double(Int64.max) / 1e9 else { return nil }
        return .nanoseconds(Int64((seconds * 1e9).rounded())) * (isNegative ? -1 : 1)
    }
}
