/// Reads one entry of the text format after the other.
struct TextExpositionReader {
    private var scanner: ByteScanner

    init(_ bytes: UnsafeRawBufferPointer) {
        scanner = ByteScanner(bytes)
    }

    /// Steps over empty lines and blanks, and tells whether something comes after them.
    mutating func findEntry() -> Bool {
        scanner.skip { ByteScanner.isBlank($0) || $0 == UInt8(ascii: "\n") }
        return !scanner.isAtEnd
    }

    /// Reads the entry or comment that comes next, including the end of its line.
    mutating func readEntry(into visitor: inout some ExpositionVisitor) throws(ExpositionParseError) {
        if scanner.take(UInt8(ascii: "#")) {
            try readComment(into: &visitor)
        } else {
            visitor.sample(try readSample())
        }
        // Where a line does not end here, a step above has thrown.
        _ = scanner.take(UInt8(ascii: "\n"))
    }

    // MARK: Comments

    private mutating func readComment(into visitor: inout some ExpositionVisitor) throws(ExpositionParseError) {
        let isIndented = skipBlanks()
        let start = scanner
        if isIndented, scanner.take(word: "HELP"), skipBlanks() {
            let family = try readFamilyName()
            let start = scanner.position
            visitor.help(ExpositionText(try utf8(restOfLine(), from: start), escaping: .help), of: family)
            return
        }
        scanner = start
        if isIndented, scanner.take(word: "TYPE"), skipBlanks() {
            let family = try readFamilyName()
            let start = scanner.position
            guard let type = ExpositionType(rawValue: String(decoding: restOfLine(), as: UTF8.self)) else {
                throw problem(.invalidType, at: start)
            }
            visitor.type(type, of: family)
            return
        }
        _ = restOfLine()
    }

    /// Reads the name in a HELP or TYPE line and the one blank after it.
    private mutating func readFamilyName() throws(ExpositionParseError) -> ExpositionText {
        let start = scanner.position
        let name = scanner.byte == UInt8(ascii: "\"") ? scanner.quotedText() : scanner.metricName()
        guard let name, !name.isEmpty else { throw problem(.missingFamilyName, at: start) }
        _ = try utf8(scanner.since(start), from: start)
        guard scanner.byte != UInt8(ascii: "\n") else { return name }
        guard scanner.take(UInt8(ascii: " ")) || scanner.take(UInt8(ascii: "\t")) else { throw problem(.invalidName) }
        return name
    }

    private mutating func restOfLine() -> UnsafeRawBufferPointer {
        scanner.text { $0 != UInt8(ascii: "\n") }
    }

    // MARK: Samples

    private mutating func readSample() throws(ExpositionParseError) -> ExpositionSample {
        var name = scanner.metricName()
        let isSeparated = skipBlanks()
        var labels = ExpositionLabels(validated: UnsafeRawBufferPointer(start: nil, count: 0))
        if scanner.take(UInt8(ascii: "{")) {
            labels = try readLabels(name: &name)
        } else if name == nil {
            throw problem(.invalidStart)
        } else if !isSeparated, scanner.byte != UInt8(ascii: "\n") {
            throw problem(.invalidName)
        }
        guard let name else { throw problem(.missingName) }
        _ = skipBlanks()
        let value = try readValue()
        return ExpositionSample(name: name, labels: labels, value: value, timestamp: try readTimestamp())
    }

    /// Reads what stands between the braces, and the closing one; finds the metric's name where it stands there.
    private mutating func readLabels(name: inout ExpositionText?) throws(ExpositionParseError) -> ExpositionLabels {
        let start = scanner.position
        while true {
            _ = skipBlanks()
            let end = scanner.position
            if scanner.take(UInt8(ascii: "}")) {
                let labels = UnsafeRawBufferPointer(rebasing: scanner.bytes[start..<end])
                return ExpositionLabels(validated: labels)
            }
            try readLabel(metricName: &name)
            // A comma after the last label is allowed, and so is none between two.
            _ = skipBlanks()
            _ = scanner.take(UInt8(ascii: ","))
        }
    }

    private mutating func readLabel(metricName: inout ExpositionText?) throws(ExpositionParseError) {
        let start = scanner.position
        let isQuoted = scanner.byte == UInt8(ascii: "\"")
        guard let name = scanner.labelName(), !name.isEmpty else { throw problem(.invalidLabelName) }
        if isQuoted { _ = try utf8(scanner.since(start), from: start) }
        _ = skipBlanks()
        guard !scanner.take(UInt8(ascii: "=")) else { return try readLabelValue() }
        guard isQuoted, scanner.byte == UInt8(ascii: ",") || scanner.byte == UInt8(ascii: "}") else {
            throw problem(.missingEqualSign)
        }
        guard metricName == nil else { throw problem(.repeatedName, at: start) }
        metricName = name
    }

    private mutating func readLabelValue() throws(ExpositionParseError) {
        _ = skipBlanks()
        let start = scanner.position
        guard scanner.quotedText() != nil else { throw problem(.invalidLabelValue) }
        _ = try utf8(scanner.since(start), from: start)
    }

    private mutating func readValue() throws(ExpositionParseError) -> Double {
        let start = scanner.position
        let text = scanner.text { !ByteScanner.isBlank($0) && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "{") }
        guard !text.isEmpty else { throw problem(.missingValue) }
        guard let value = DecimalNumber.value(of: text) else { throw problem(.invalidValue, at: start) }
        return value
    }

    private mutating func readTimestamp() throws(ExpositionParseError) -> Int64? {
        _ = skipBlanks()
        guard scanner.byte != UInt8(ascii: "\n") else { return nil }
        let start = scanner.position
        let digits = scanner.text(while: ByteScanner.isDigit)
        guard !digits.isEmpty, let timestamp = Int64(String(decoding: digits, as: UTF8.self)) else {
            throw problem(.invalidTimestamp, at: start)
        }
        _ = skipBlanks()
        guard scanner.byte == UInt8(ascii: "\n") else { throw problem(.trailingText) }
        return timestamp
    }

    // MARK: Steps of all of them

    /// Steps over blanks, and tells whether there were any.
    private mutating func skipBlanks() -> Bool {
        !scanner.text(while: ByteScanner.isBlank).isEmpty
    }

    /// Returns the bytes if they are UTF-8.
    private func utf8(
        _ bytes: UnsafeRawBufferPointer, from start: Int
    ) throws(ExpositionParseError) -> UnsafeRawBufferPointer {
        // The usual text is ASCII, which this proves without decoding.
        if bytes.reduce(0, |) < 0x80 { return bytes }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw problem(.invalidUTF8, at: start) }
        return bytes
    }

    private func problem(_ problem: ExpositionParseError.Problem, at position: Int? = nil) -> ExpositionParseError {
        ExpositionParseError(problem, at: position ?? scanner.position, of: scanner.bytes)
    }
}
