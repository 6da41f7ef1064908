/// Reads a selector from left to right.
struct MetricSelectorReader {
    private var scanner: SelectorScanner

    init(_ text: String) {
        scanner = SelectorScanner(text)
    }

    /// Reads the metric's name.
    mutating func readName() throws(MetricSelectorError) -> String {
        scanner.skipBlanks()
        guard let name = scanner.takeWord(allowingColons: true) else { throw scanner.error(.missingName) }
        return name
    }

    /// Reads what follows the name, to the end.
    mutating func readMatchers() throws(MetricSelectorError) -> [MetricSelector.Matcher] {
        scanner.skipBlanks()
        if scanner.isAtEnd { return [] }
        guard scanner.take("{") else { throw scanner.error(.missingBrace) }
        var matchers: [MetricSelector.Matcher] = []
        scanner.skipBlanks()
        while !scanner.take("}") {
            matchers.append(try readMatcher())
            scanner.skipBlanks()
            // As in PromQL, a comma may stand after the last one.
            if scanner.take(",") {
                scanner.skipBlanks()
            } else if scanner.next != UInt8(ascii: "}") {
                throw scanner.error(.missingSeparator)
            }
        }
        scanner.skipBlanks()
        guard scanner.isAtEnd else { throw scanner.error(.trailingText) }
        return matchers
    }

    private mutating func readMatcher() throws(MetricSelectorError) -> MetricSelector.Matcher {
        let start = scanner
        guard let label = scanner.takeWord(allowingColons: false) else { throw scanner.error(.missingLabel) }
        if label == "__name__" { throw start.error(.repeatedName) }
        scanner.skipBlanks()
        let comparison = try readComparison()
        scanner.skipBlanks()
        return MetricSelector.Matcher(label: label, comparison: comparison, value: try readValue())
    }

    private mutating func readComparison() throws(MetricSelectorError) -> MetricSelector.Matcher.Comparison {
        let start = scanner
        let isNegated = scanner.take("!")
        if scanner.take("~") { throw start.error(.pattern) }
        guard scanner.take("=") else { throw start.error(.missingComparison) }
        if !isNegated, scanner.take("~") { throw start.error(.pattern) }
        return isNegated ? .notEqual : .equal
    }

    private mutating func readValue() throws(MetricSelectorError) -> String {
        let start = scanner
        var bytes: [UInt8] = []
        if scanner.take("`") {
            while !scanner.take("`") {
                guard let byte = scanner.takeByte() else { throw start.error(.missingQuote) }
                bytes.append(byte)
            }
        } else {
            guard let quote = ["\"", "'"].first(where: { scanner.take($0) }) else { throw start.error(.missingValue) }
            while !scanner.take(quote) {
                let place = scanner
                guard let byte = scanner.takeByte(), byte != UInt8(ascii: "\n") else {
                    throw start.error(.missingQuote)
                }
                if byte != UInt8(ascii: "\\") {
                    bytes.append(byte)
                } else if let meaning = scanner.takeEscape(in: quote) {
                    bytes += meaning
                } else {
                    throw place.error(.unknownEscape)
                }
            }
        }
        guard let value = String(validating: bytes, as: UTF8.self) else { throw start.error(.invalidText) }
        return value
    }
}
