/// The parts that both formats are made of, and where in the text something is wrong.
extension ByteScanner {
    /// Reads the name in a HELP, TYPE or UNIT line, in quotes or without.
    mutating func readFamilyName() throws(ExpositionParseError) -> ExpositionText {
        let start = position
        let isQuoted = byte == UInt8(ascii: "\"")
        let name = isQuoted ? quotedText() : metricName()
        guard let name, !name.isEmpty else { throw problem(.missingFamilyName, at: start) }
        if isQuoted { try requireUTF8(name.bytes, at: start) }
        return name
    }

    /// Reads a label's name, in quotes or without; `nil` where none comes next or an empty one.
    mutating func readLabelName(lineBreaks: Bool = true) throws(ExpositionParseError) -> ExpositionText? {
        let start = position
        let isQuoted = byte == UInt8(ascii: "\"")
        guard let name = labelName(lineBreaks: lineBreaks), !name.isEmpty else { return nil }
        if isQuoted { try requireUTF8(name.bytes, at: start) }
        return name
    }

    /// Reads a label's value in quotes.
    mutating func readLabelValue(lineBreaks: Bool = true) throws(ExpositionParseError) {
        let start = position
        guard let value = quotedText(lineBreaks: lineBreaks) else { throw problem(.invalidLabelValue) }
        try requireUTF8(value.bytes, at: start)
    }

    /// Reads up to the end of the line.
    mutating func restOfLine() -> UnsafeRawBufferPointer {
        text { $0 != UInt8(ascii: "\n") }
    }

    /// Refuses bytes that are not UTF-8.
    func requireUTF8(_ bytes: UnsafeRawBufferPointer, at start: Int) throws(ExpositionParseError) {
        // The usual text is ASCII, which this proves without decoding.
        if bytes.reduce(0, |) < 0x80 { return }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw problem(.invalidUTF8, at: start) }
    }

    /// A problem at the byte that comes next, or at an earlier one.
    func problem(_ problem: ExpositionParseError.Problem, at position: Int? = nil) -> ExpositionParseError {
        ExpositionParseError(problem, at: position ?? self.position, of: bytes)
    }
}
