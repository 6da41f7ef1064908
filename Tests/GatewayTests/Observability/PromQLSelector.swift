/// One selector of a PromQL expression: the name of a metric, and what stands between the braces after it.
///
/// Found by reading names, not by understanding the expression: a name is a metric unless it is a word of the language, a
/// function, or stands in a list of labels. What Prometheus would refuse is read somehow.
///
/// Source: https://prometheus.io/docs/prometheus/latest/querying/basics/
struct PromQLSelector: Equatable {
    /// The name of the metric.
    let name: String
    /// What stands between the braces; empty without them.
    let matchers: String

    /// Words that are followed by a list of labels.
    private static let grouping: Set<Substring> = ["by", "without", "on", "ignoring", "group_left", "group_right"]
    /// The other words of the language.
    private static let words: Set<Substring> = ["and", "or", "unless", "bool", "offset", "atan2", "inf", "nan"]

    /// The selectors of an expression, in order.
    static func all(in expression: String) -> [PromQLSelector] {
        var scanner = PromQLScanner(expression)
        var selectors: [PromQLSelector] = []
        while let name = scanner.nextName() {
            if grouping.contains(name) {
                scanner.skipGroup(from: "(", to: ")")
            } else if !words.contains(name), !scanner.isCall {
                selectors.append(
                    PromQLSelector(name: String(name), matchers: String(scanner.skipGroup(from: "{", to: "}"))))
            }
        }
        return selectors
    }

    /// The ranges between square brackets, in order.
    static func ranges(in expression: String) -> [String] {
        expression.matches(of: /\[([^\]]*)\]/).map { String($0.1) }
    }
}

/// Reads names of a PromQL expression.
private struct PromQLScanner {
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    /// Whether the name that was read last is that of a function or an aggregation.
    var isCall: Bool {
        let next = rest.drop(while: \.isWhitespace)
        return next.hasPrefix("(") || next.hasPrefix("by") || next.hasPrefix("without")
    }

    /// The next name; texts, ranges, variables and numbers are passed over.
    mutating func nextName() -> Substring? {
        while let first = rest.first {
            switch first {
            case "\"", "'", "`": skipText()
            case "[": skipGroup(from: "[", to: "]")
            case "{": skipGroup(from: "{", to: "}")
            case "a"..."z", "A"..."Z", "_", ":": return readWord()
            case "0"..."9", "$": _ = readWord()
            default: rest.removeFirst()
            }
        }
        return nil
    }

    /// Passes over what stands between two brackets, where the first of them comes next, and returns it.
    @discardableResult
    mutating func skipGroup(from open: Character, to close: Character) -> Substring {
        let group = rest.drop(while: \.isWhitespace)
        guard group.first == open else { return "" }
        rest = group.dropFirst()
        let content = rest
        while let next = rest.first, next != close {
            if next == "\"" { skipText() } else { rest.removeFirst() }
        }
        defer { rest = rest.dropFirst() }
        return content[..<rest.startIndex]
    }

    private mutating func skipText() {
        let quote = rest.removeFirst()
        while let next = rest.popFirst(), next != quote {
            if next == "\\" { rest = rest.dropFirst() }
        }
    }

    private mutating func readWord() -> Substring {
        let word = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" || $0 == "." }
        defer { rest = rest[word.endIndex...] }
        return rest[..<word.endIndex]
    }
}
