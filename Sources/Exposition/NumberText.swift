/// Numbers as both exposition formats write them.
enum NumberText {
    /// Appends the shortest text that reads back as the same number; `NaN`, `+Inf` and `-Inf` for the rest.
    ///
    /// Integers below 2^53 in magnitude, the usual values, are written without fraction and exponent.
    static func append(_ value: Double, to buffer: inout [UInt8]) {
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53, whole != 0 || value.sign == .plus {
            append(whole, to: &buffer)
        } else if value.isNaN {
            buffer.append(contentsOf: "NaN".utf8)
        } else if value.isInfinite {
            buffer.append(contentsOf: (value < 0 ? "-Inf" : "+Inf").utf8)
        } else {
            append(text: value.description, to: &buffer)
        }
    }

    /// Appends a bound or quantile as OpenMetrics demands it: like Go's `%g` with the shortest digits, but with `.0` where
    /// that has neither point nor exponent.
    static func append(canonical value: Double, to buffer: inout [UInt8]) {
        let start = buffer.count
        append(bound: value, to: &buffer)
        if value.isFinite, !buffer[start...].contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") }) {
            buffer.append(contentsOf: ".0".utf8)
        }
    }

    /// Appends a bound or quantile like Go's `%g` with the shortest digits, which is how other exporters write them: from
    /// a million on with an exponent.
    static func append(bound value: Double, to buffer: inout [UInt8]) {
        let text = value.magnitude.description.utf8
        guard value.isFinite, value.magnitude >= 1e6, let point = text.firstIndex(of: UInt8(ascii: ".")),
            !text.contains(UInt8(ascii: "e"))
        else { return append(value, to: &buffer) }
        let digits = text.filter { $0 != UInt8(ascii: ".") }
        let last = digits.lastIndex { $0 != UInt8(ascii: "0") } ?? digits.startIndex
        let exponent = text.distance(from: text.startIndex, to: point) - 1
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(digits[0])
        if last > 0 {
            buffer.append(UInt8(ascii: "."))
            buffer.append(contentsOf: digits[1...last])
        }
        buffer.append(contentsOf: (exponent < 10 ? "e+0" : "e+").utf8)
        append(exponent, to: &buffer)
    }

    /// Appends a time since 1970 in seconds with three decimals.
    static func append(_ time: UnixTime, to buffer: inout [UInt8]) {
        let (seconds, milliseconds) = time.milliseconds.magnitude.quotientAndRemainder(dividingBy: 1_000)
        if time.milliseconds < 0 { buffer.append(UInt8(ascii: "-")) }
        append(seconds, to: &buffer)
        buffer.append(UInt8(ascii: "."))
        append(text: String(String(milliseconds + 1_000).dropFirst()), to: &buffer)
    }

    /// Appends an integer in decimal.
    static func append(_ value: some BinaryInteger, to buffer: inout [UInt8]) {
        append(text: String(value), to: &buffer)
    }

    private static func append(text: consuming String, to buffer: inout [UInt8]) {
        text.withUTF8 { buffer.append(contentsOf: $0) }
    }
}
