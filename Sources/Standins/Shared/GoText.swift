import Glibc

/// Values written as the Go standard library writes them: benthos is a Go program, and its words are compared byte for byte.
public enum GoText {
    /// A number as `strconv.FormatFloat(value, 'g', -1, 64)` writes it: the shortest digits that read back, with an
    /// exponent below 1e-4 and from 1e6 on; the form of Prometheus' own Go client.
    ///
    /// - Parameter value: any number
    /// - Returns: its text, `NaN`, `+Inf` or `-Inf`
    public static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == 0 { return "0" }
        let (digits, exponent) = shortestDigits(value.magnitude)
        let sign = value < 0 ? "-" : ""
        if exponent < -4 || exponent >= 6 {
            let fraction = digits.dropFirst()
            let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
            return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
                + "e" + (exponent < 0 ? "-" : "+") + power
        }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let whole = digits.prefix(exponent + 1)
        let padding = String(repeating: "0", count: exponent + 1 - whole.count)
        let fraction = digits.dropFirst(exponent + 1)
        return sign + whole + padding + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// A duration as Go's `time.Duration.String` writes it: `3s`, `238.028425ms`, `1m30s`.
    ///
    /// - Parameter duration: zero or more
    /// - Returns: its text
    public static func duration(_ duration: Duration) -> String {
        let nanoseconds = duration.nanoseconds
        switch nanoseconds {
        case 0: return "0s"
        case ..<1_000: return "\(nanoseconds)ns"
        case ..<1_000_000: return decimal(nanoseconds, unit: 1_000) + "µs"
        case ..<1_000_000_000: return decimal(nanoseconds, unit: 1_000_000) + "ms"
        default:
            let minutes = nanoseconds / 60_000_000_000
            let seconds = decimal(nanoseconds % 60_000_000_000, unit: 1_000_000_000) + "s"
            if minutes == 0 { return seconds }
            return minutes < 60 ? "\(minutes)m" + seconds : "\(minutes / 60)h\(minutes % 60)m" + seconds
        }
    }

    /// The meaning of an errno in the words of Go, which are those of the C library in lower case.
    ///
    /// - Parameter code: an errno
    /// - Returns: for example `connection refused`
    public static func errno(_ code: CInt) -> String {
        // Known numbers have constant messages in glibc, so nothing is shared between threads.
        String(cString: strerror(code)).lowercased()
    }

    private static func decimal(_ value: Int64, unit: Int64) -> String {
        var fraction = String(value % unit)
        guard fraction != "0" else { return "\(value / unit)" }
        fraction = String(repeating: "0", count: String(unit).count - 1 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(value / unit).\(fraction)"
    }

    /// The significant digits of a positive number, and the power of ten of the first one.
    private static func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
        // Swift's own description is the shortest text that reads back, too, in `d.ddd` or `d.ddde±x` form.
        let parts = "\(value)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let whole = mantissa[0]
        let all = whole + (mantissa.count > 1 ? mantissa[1] : "")
        let leadingZeros = all.prefix { $0 == "0" }.count
        var digits = String(all.dropFirst(leadingZeros))
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        return (digits, whole.count - 1 - leadingZeros + power)
    }
}

extension Duration {
    /// The duration in whole nanoseconds; anything beyond 292 years is not expected here.
    public var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
