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
            let text = scanner.restOfLine()
            try scanner.requireUTF8(text, at: start)
            return visitor.help(ExpositionText(text, escaping: .help), of: family)
        }
        scanner = start
        if isIndented, scanner.take(word: "TYPE"), skipBlanks() {
            let family = try readFamilyName()
            let start = scanner.position
            let word = String(decoding: scanner.restOfLine(), as: UTF8.self)
            guard let type = Self.types[word] else { throw scanner.problem(.invalidType, at: start) }
            return visitor.type(type, of: family)
        }
        _ = scanner.restOfLine()
    }

    /// Reads the name in a HELP or TYPE line and the one blank after it.
    private mutating func readFamilyName() throws(ExpositionParseError) -> ExpositionText {
        let name = try scanner.readFamilyName()
        guard scanner.byte != UInt8(ascii: "\n") else { return name }
        guard scanner.take(UInt8(ascii: " ")) || scanner.take(UInt8(ascii: "\t")) else {
            throw scanner.problem(.invalidName)
        }
        return name
    }

    private static let types: [String: ExpositionType] = [
        "counter": .counter, "gauge": .gauge, "histogram": .histogram, "summary": .summary, "untyped": .unknown,
    ]

    // MARK: Samples

    private mutating func readSample() throws(ExpositionParseError) -> ExpositionSample {
        var name = scanner.metricName()
        let isSeparated = skipBlanks()
        var labels = ExpositionLabels(validated: UnsafeRawBufferPointer(start: nil, count: 0))
        if scanner.take(UInt8(ascii: "{")) {
            labels = try readLabels(name: &name)
        } else if name == nil {
            throw scanner.problem(.invalidStart)
        } else if !isSeparated, scanner.byte != UInt8(ascii: "\n") {
            throw scanner.problem(.invalidName)
        }
        guard let name else { throw scanner.problem(.missingName) }
        _ = skipBlanks()
        let value = try readValue()
        let timestamp = try readTimestamp()
        return ExpositionSample(name: name, labels: labels, value: value, timestamp: timestamp, exemplar: nil)
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
        guard let name = try scanner.readLabelName() else { throw scanner.problem(.invalidLabelName) }
        _ = skipBlanks()
        guard !scanner.take(UInt8(ascii: "=")) else {
            _ = skipBlanks()
            return try scanner.readLabelValue()
        }
        guard isQuoted, scanner.byte == UInt8(ascii: ",") || scanner.byte == UInt8(ascii: "}") else {
            throw scanner.problem(.missingEqualSign)
        }
        guard metricName == nil else { throw scanner.problem(.repeatedName, at: start) }
        metricName = name
    }

    private mutating func readValue() throws(ExpositionParseError) -> Double {
        let start = scanner.position
        let text = scanner.text { !ByteScanner.isBlank($0) && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "{") }
        guard !text.isEmpty else { throw scanner.problem(.missingValue) }
        guard let value = DecimalNumber.value(of: text) else { throw scanner.problem(.invalidValue, at: start) }
        return value
    }

    private mutating func readTimestamp() throws(ExpositionParseError) -> Int64? {
        _ = skipBlanks()
        guard scanner.byte != UInt8(ascii: "\n") else { return nil }
        let start = scanner.position
        let digits = scanner.text(while: ByteScanner.isDigit)
        guard !digits.isEmpty, let timestamp = Int64(String(decoding: digits, as: UTF8.self)) else {
            throw scanner.problem(.invalidTimestamp, at: start)
        }
        _ = skipBlanks()
        guard scanner.byte == UInt8(ascii: "\n") else { throw scanner.problem(.trailingText) }
        return timestamp
    }

    // MARK: Steps of all of them

    /// Steps over blanks, and tells whether there were any.
    private mutating func skipBlanks() -> Bool {
        !scanner.text(while: ByteScanner.isBlank).isEmpty
    }
}
