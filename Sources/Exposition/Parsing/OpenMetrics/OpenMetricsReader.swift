/// Reads one line of an OpenMetrics text after the other.
///
/// Unlike the text format, OpenMetrics has exactly one blank wherever there is one, and none between the braces.
struct OpenMetricsReader {
    private var scanner: ByteScanner
    // What the specification asks for beyond the grammar; in strict reading only.
    private var rules: OpenMetricsRules?

    init(_ bytes: UnsafeRawBufferPointer, isStrict: Bool) {
        scanner = ByteScanner(bytes)
        rules = isStrict ? OpenMetricsRules(bytes) : nil
    }

    /// Reads the line that comes next, and tells whether there must be another one.
    mutating func readLine(into visitor: inout some ExpositionVisitor) throws(ExpositionParseError) -> Bool {
        guard !scanner.isAtEnd else { throw scanner.problem(.missingEnd) }
        let start = scanner.position
        if scanner.take(UInt8(ascii: "#")) {
            guard !scanner.take(word: " EOF") else { return try readEnd() }
            try readMetadata(from: start, into: &visitor)
        } else {
            let (sample, seconds) = try readSample()
            try rules?.add(sample, seconds: seconds, at: start)
            visitor.sample(sample)
        }
        return true
    }

    private mutating func readEnd() throws(ExpositionParseError) -> Bool {
        _ = scanner.take(UInt8(ascii: "\n"))
        guard scanner.isAtEnd else { throw scanner.problem(.textAfterEnd) }
        try rules?.finish()
        return false
    }

    // MARK: Metadata

    private mutating func readMetadata(
        from start: Int, into visitor: inout some ExpositionVisitor
    ) throws(ExpositionParseError) {
        if scanner.take(word: " HELP ") {
            let (family, text) = try readText()
            try scanner.requireUTF8(text, at: start)
            try rules?.add(.help, of: family, at: start)
            visitor.help(ExpositionText(text, escaping: .quoted), of: family)
        } else if scanner.take(word: " TYPE ") {
            let (family, text) = try readText()
            guard let type = ExpositionType(rawValue: String(decoding: text, as: UTF8.self)) else {
                throw scanner.problem(.invalidOpenMetricsType, at: start)
            }
            try rules?.add(.type(type), of: family, at: start)
            visitor.type(type, of: family)
        } else if scanner.take(word: " UNIT ") {
            let (family, text) = try readText()
            guard text.isEmpty || Self.isUnit(text, of: family.bytes) else {
                throw scanner.problem(.unitNotSuffix, at: start)
            }
            try rules?.add(.unit(isEmpty: text.isEmpty), of: family, at: start)
            visitor.unit(ExpositionText(text, escaping: .none), of: family)
        } else {
            throw scanner.problem(.invalidLine, at: start)
        }
    }

    /// Reads a family's name, one blank, the rest of the line and the end of the line.
    private mutating func readText() throws(ExpositionParseError) -> (ExpositionText, UnsafeRawBufferPointer) {
        let start = scanner.position
        let family = try scanner.readFamilyName()
        try refuseLineBreak(in: family, at: start)
        guard scanner.take(UInt8(ascii: " ")) else { throw scanner.problem(.missingMetadata) }
        let text = scanner.restOfLine()
        guard scanner.take(UInt8(ascii: "\n")) else { throw scanner.problem(.missingEnd) }
        return (family, text)
    }

    private static func isUnit(_ unit: UnsafeRawBufferPointer, of family: UnsafeRawBufferPointer) -> Bool {
        family.count > unit.count && family.suffix(unit.count).elementsEqual(unit)
            && family[family.count - unit.count - 1] == UInt8(ascii: "_")
    }

    // MARK: Samples

    /// Reads a sample and its timestamp as it is written, in seconds.
    private mutating func readSample() throws(ExpositionParseError) -> (ExpositionSample, seconds: Double?) {
        var name = scanner.metricName()
        var labels = ExpositionLabels(validated: UnsafeRawBufferPointer(start: nil, count: 0))
        if scanner.take(UInt8(ascii: "{")) {
            labels = try readLabels(name: &name, isExemplar: false)
        } else if name == nil {
            throw scanner.problem(.invalidLine)
        }
        guard let name else { throw scanner.problem(.missingName) }
        let value = try readNumber()
        var exemplar = try readExemplar()
        var seconds: Double?
        if exemplar == nil, scanner.byte == UInt8(ascii: " ") {
            seconds = try readSeconds(.invalidSeconds)
            exemplar = try readExemplar()
        }
        guard scanner.take(UInt8(ascii: "\n")) else {
            throw scanner.problem(scanner.isAtEnd ? .missingEnd : .trailingContent)
        }
        let sample = ExpositionSample(
            name: name,
            labels: labels,
            value: value,
            timestamp: seconds.map(Self.milliseconds),
            exemplar: exemplar
        )
        return (sample, seconds)
    }

    /// Reads what stands between the braces, and the closing one; finds the metric's name where it stands there.
    ///
    /// An exemplar has no name.
    private mutating func readLabels(
        name: inout ExpositionText?, isExemplar: Bool
    ) throws(ExpositionParseError) -> ExpositionLabels {
        let start = scanner.position
        while true {
            let end = scanner.position
            if scanner.take(UInt8(ascii: "}")) {
                return ExpositionLabels(validated: UnsafeRawBufferPointer(rebasing: scanner.bytes[start..<end]))
            }
            try readLabel(metricName: &name, isExemplar: isExemplar)
            if scanner.take(UInt8(ascii: ",")) {
                guard rules == nil || scanner.byte != UInt8(ascii: "}") else { throw scanner.problem(.trailingComma) }
            } else if scanner.byte != UInt8(ascii: "}") {
                throw scanner.problem(.missingComma)
            }
        }
    }

    private mutating func readLabel(
        metricName: inout ExpositionText?, isExemplar: Bool
    ) throws(ExpositionParseError) {
        let start = scanner.position
        let isQuoted = scanner.byte == UInt8(ascii: "\"")
        guard let name = try scanner.readLabelName(lineBreaks: !isExemplar) else {
            throw scanner.problem(.invalidLabelName)
        }
        try refuseLineBreak(in: name, at: start)
        guard !scanner.take(UInt8(ascii: "=")) else { return try scanner.readLabelValue(lineBreaks: false) }
        let isName = scanner.byte == UInt8(ascii: ",") || scanner.byte == UInt8(ascii: "}")
        guard isQuoted, isName, !isExemplar else { throw scanner.problem(.missingEqualSign) }
        guard metricName == nil else { throw scanner.problem(.repeatedName, at: start) }
        metricName = name
    }

    private mutating func readExemplar() throws(ExpositionParseError) -> ExpositionExemplar? {
        guard scanner.byte == UInt8(ascii: " "), scanner.take(word: " # {") else { return nil }
        var noName: ExpositionText?
        let labels = try readLabels(name: &noName, isExemplar: true)
        let value = try readNumber()
        var seconds: Double?
        if scanner.byte == UInt8(ascii: " ") {
            seconds = try readSeconds(.invalidExemplarTimestamp)
        }
        return ExpositionExemplar(labels: labels, value: value, timestamp: seconds.map(Self.milliseconds))
    }

    // MARK: Numbers

    /// Reads one blank and a number.
    private mutating func readNumber() throws(ExpositionParseError) -> Double {
        guard scanner.take(UInt8(ascii: " ")) else { throw scanner.problem(.missingBlank) }
        let start = scanner.position
        let text = scanner.text { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        guard !text.isEmpty else { throw scanner.problem(.missingValue) }
        guard let value = DecimalNumber.value(of: text) else { throw scanner.problem(.invalidValue, at: start) }
        return value
    }

    /// Reads one blank and a time.
    private mutating func readSeconds(_ problem: ExpositionParseError.Problem) throws(ExpositionParseError) -> Double {
        _ = scanner.take(UInt8(ascii: " "))
        let start = scanner.position
        let text = scanner.text { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        guard let seconds = DecimalNumber.value(of: text), seconds.isFinite else {
            throw scanner.problem(problem, at: start)
        }
        return seconds
    }

    private static func milliseconds(_ seconds: Double) -> Int64 {
        Int64(exactly: (seconds * 1000).rounded(.towardZero)) ?? .min
    }

    private func refuseLineBreak(in name: ExpositionText, at start: Int) throws(ExpositionParseError) {
        guard rules != nil, name.bytes.contains(UInt8(ascii: "\n")) else { return }
        throw scanner.problem(.lineBreakInName, at: start)
    }
}
