public import Exposition
import FoundationEssentials

/// What a text with metrics says, for a person: family by family, with samples below it.
///
/// Control characters are written as escapes, so that a text cannot act on the terminal.
public struct ExpositionReport: ExpositionVisitor, CustomStringConvertible {
    /// What is known of the family whose samples come.
    private struct Family {
        let name: String
        var type: ExpositionType?
        var unit: String?
        var help: String?

        /// Whether a name is one that a family of some type gives its samples.
        func mayHave(sample name: String) -> Bool {
            name.hasPrefix(self.name) && Self.suffixes.contains(String(name.dropFirst(self.name.count)))
        }

        private static let suffixes: Set<String> = [
            "", "_total", "_created", "_bucket", "_count", "_sum", "_gcount", "_gsum", "_info",
        ]
    }

    private var text = ""
    private var family: Family?
    private var hasHeading = false
    private var families = 0
    private var samples = 0

    /// Makes an empty report.
    public init() {}

    /// The families, then a line with how many there are; no line end after it.
    public var description: String {
        var report = self
        report.endHeading()
        return report.text + "\n\(families) metrics, \(samples) samples"
    }

    /// Notes the type.
    public mutating func type(_ type: ExpositionType, of family: ExpositionText) {
        begin(family.string)
        self.family?.type = type
    }

    /// Notes the description.
    public mutating func help(_ text: ExpositionText, of family: ExpositionText) {
        begin(family.string)
        self.family?.help = text.string
    }

    /// Notes the unit.
    public mutating func unit(_ unit: ExpositionText, of family: ExpositionText) {
        begin(family.string)
        self.family?.unit = unit.string
    }

    /// Writes a sample.
    public mutating func sample(_ sample: ExpositionSample) {
        let name = sample.name.string
        if family?.mayHave(sample: name) != true { begin(name) }
        endHeading()
        samples += 1
        text += "  \(Self.printable(name))\(Self.braces(sample.labels, even: false))  \(sample.valueText)"
        if let timestamp = sample.timestamp { text += "  at \(Self.time(timestamp))" }
        if let exemplar = sample.exemplar {
            text += "  exemplar \(Self.braces(exemplar.labels, even: true)) \(exemplar.valueText)"
            if let timestamp = exemplar.timestamp { text += " at \(Self.time(timestamp))" }
        }
        text += "\n"
    }

    /// Begins a family, unless it is the one that is there and whose samples have not begun.
    private mutating func begin(_ name: String) {
        guard family?.name != name || hasHeading else { return }
        endHeading()
        family = Family(name: name)
        hasHeading = false
        families += 1
    }

    private mutating func endHeading() {
        guard let family, !hasHeading else { return }
        hasHeading = true
        if !text.isEmpty { text += "\n" }
        let facts = [family.type?.rawValue, family.unit].compactMap(\.self).filter { !$0.isEmpty }
        text += Self.printable(family.name)
        if !facts.isEmpty { text += "  \(Self.printable(facts.joined(separator: ", ")))" }
        text += "\n"
        if let help = family.help, !help.isEmpty { text += "  \(Self.printable(help))\n" }
    }

    private static func braces(_ labels: ExpositionLabels, even isWrittenEmpty: Bool) -> String {
        let labels = labels.map { "\(printable($0.name.string))=\"\(printable($0.value.string, quoted: true))\"" }
        return labels.isEmpty && !isWrittenEmpty ? "" : "{\(labels.joined(separator: ","))}"
    }

    /// A text on one line without control characters.
    private static func printable(_ text: String, quoted: Bool = false) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\n": result += "\\n"
            case "\"" where quoted: result += "\\\""
            case "\\" where quoted: result += "\\\\"
            case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// A time as RFC 3339 says it; milliseconds since 1970 where its year has not four digits.
    private static func time(_ milliseconds: Int64) -> String {
        guard (-62_135_596_800_000...253_402_300_799_999).contains(milliseconds) else { return "\(milliseconds) ms" }
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
