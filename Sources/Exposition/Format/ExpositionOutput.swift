/// The bytes of an exposition under construction, and the pieces that both formats write alike.
struct ExpositionOutput {
    private(set) var bytes: [UInt8]

    /// Takes a buffer's memory over, to write into it; the buffer is empty until it gets the bytes.
    init(reusing buffer: inout [UInt8]) {
        bytes = []
        swap(&bytes, &buffer)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Gives the bytes to a buffer and ends with none.
    mutating func move(to buffer: inout [UInt8]) {
        buffer = []
        swap(&bytes, &buffer)
    }

    mutating func append(_ byte: Unicode.Scalar) {
        bytes.append(UInt8(ascii: byte))
    }

    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
    }

    mutating func append(number value: Double) {
        NumberText.append(value, to: &bytes)
    }

    mutating func append(number value: UInt64) {
        NumberText.append(value, to: &bytes)
    }

    /// Appends a whole number; one beyond 64 bits as the nearest within, NaN as 0.
    mutating func append(milliseconds value: Double) {
        let nearest = Int64(exactly: value.rounded()) ?? (value > 0 ? .max : value < 0 ? .min : 0)
        NumberText.append(nearest, to: &bytes)
    }

    /// Appends a time since 1970 in seconds with three decimals.
    mutating func append(_ time: UnixTime) {
        NumberText.append(time, to: &bytes)
    }

    /// Appends text with backslash and newline escaped, and where `quote` is set the quotation mark as well.
    mutating func append(escaping text: String, quote: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\"") where quote: append("\\\"")
            default: bytes.append(byte)
            }
        }
    }

    /// Appends `{labels,extra} `, without braces where there are no labels.
    mutating func append(labels: [UInt8], extra: [UInt8]) {
        if !labels.isEmpty || !extra.isEmpty {
            append("{" as Unicode.Scalar)
            append(labels)
            if !labels.isEmpty, !extra.isEmpty { append("," as Unicode.Scalar) }
            append(extra)
            append("}" as Unicode.Scalar)
        }
        append(" " as Unicode.Scalar)
    }

    /// Appends ` # {labels} value time`.
    mutating func append(_ exemplar: Exemplar, under escaping: NameEscaping) {
        append(" # {")
        append(exemplar.labels.text(under: escaping))
        append("} ")
        append(number: exemplar.value)
        append(" " as Unicode.Scalar)
        append(exemplar.time)
    }
}
