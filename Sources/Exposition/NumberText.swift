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

    /// Appends an integer in decimal.
    static func append(_ value: some BinaryInteger, to buffer: inout [UInt8]) {
        append(text: String(value), to: &buffer)
    }

    private static func append(text: consuming String, to buffer: inout [UInt8]) {
        text.withUTF8 { buffer.append(contentsOf: $0) }
    }
}
