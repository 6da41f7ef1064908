internal import Logging

/// Log records as columns for people: time, level, component, message, path, then `key=value`.
///
/// What says the same as the path is left out: `worker_id` where it is equal, and `child_name` where the path ends in it.
struct TextLineEncoder {
    private static let truncatedTail: StaticString = " [truncated]"
    /// Room for the tail, colour marks, padding and the newline.
    private static let reserve = 128
    /// In a line that is too long, the part of it that each string may take.
    private static let stringShare = 8
    private static let levelWidth = 5
    private static let componentWidth = 11
    /// Continuation lines begin here, a little right of the level.
    private static let indentation = 16
    private static let lineBreak: StaticString = "\n                "
    /// Where the date ends in a moment's text, and the time begins.
    private static let dateLength = 11
    private static let plain: StaticString = "\u{1B}[0m"
    private static let dim: StaticString = "\u{1B}[2m"
    private static let bold: StaticString = "\u{1B}[1m"

    private var line: BoundedText
    private let colours: Bool
    /// The width to keep to; nil for lines of any length.
    private let columns: Int?
    /// Columns written since the last line break.
    private var column = 0

    /// The line of a record, newline included, of at most `limit` bytes.
    static func encode(_ record: LogRecord, limit: Int, redactor: Redactor, style: TextStyle) -> [UInt8] {
        let content = limit - reserve
        let columns = style.columns.map { $0() }
        var encoder = TextLineEncoder(
            BoundedText(limit: content, stringLimit: content, redactor: redactor), style.colours, columns)
        encoder.append(record)
        if encoder.line.isTruncated {
            encoder = TextLineEncoder(
                BoundedText(limit: content, stringLimit: limit / stringShare, redactor: redactor), style.colours,
                columns)
            encoder.append(record)
            encoder.line.raw(truncatedTail)
        }
        encoder.line.raw("\n")
        return encoder.line.bytes
    }

    private init(_ line: BoundedText, _ colours: Bool, _ columns: Int?) {
        self.line = line
        self.colours = colours
        self.columns = columns
    }

    private mutating func append(_ record: LogRecord) {
        let time = record.time.description
        cell(columns == nil ? time : String(time.dropFirst(Self.dateLength)), Self.dim)
        cell(Self.word(for: record.level), Self.colour(of: record.level), width: Self.levelWidth)
        cell(record.component, Self.dim, width: Self.componentWidth)
        cell(record.message, record.level < .notice ? nil : Self.bold)
        let path = Self.text(record.fields.first { $0.key == "hierarchy_path" }?.value)
        if let path { cell(path) }
        var lists: [(key: String, elements: [Logger.MetadataValue])] = []
        for field in record.fields where !Self.isRedundant(field, path) {
            if columns != nil, case .array(let elements) = field.value, elements.count > 1 {
                lists.append((field.key, elements))
            } else {
                append(field)
            }
        }
        for list in lists { append(list.key, list.elements) }
    }

    /// Appends a column and the space before it.
    private mutating func cell(_ text: String, _ colour: StaticString? = nil, width: Int = 0) {
        let start = line.bytes.count
        if start > 0 { line.raw(" ") }
        mark(colour)
        let begin = line.bytes.count
        line.plain(text)
        line.pad(from: begin, to: width)
        column += line.bytes.count - begin + (start > 0 ? 1 : 0)
        if colour != nil { mark(Self.plain) }
    }

    private mutating func append(_ field: (key: String, value: Logger.MetadataValue)) {
        let begin = line.bytes.count
        let fitted = line.attempt { [colours] line in
            line.fixed(" ") && (!colours || line.fixed(Self.dim)) && line.key(field.key, quoted: false)
                && line.fixed("=") && (!colours || line.fixed(Self.plain)) && Self.value(field.value, to: &line)
        }
        guard fitted else { return }
        let marks = colours ? Self.dim.utf8CodeUnitCount + Self.plain.utf8CodeUnitCount : 0
        let width = line.bytes.count - begin - marks
        column += width
        if let columns, column > columns {
            line.replaceByte(at: begin, with: Self.lineBreak)
            column = Self.indentation + width - 1
        }
    }

    /// Appends a list with a line for each element; the steps of a procedure have numbers.
    private mutating func append(_ key: String, _ elements: [Logger.MetadataValue]) {
        guard line.fixed(Self.lineBreak) else { return }
        mark(Self.dim)
        line.plain("\(key):")
        if colours { mark(Self.plain) }
        for (position, element) in elements.enumerated() {
            let fitted = line.attempt { line in
                guard line.fixed(Self.lineBreak) else { return false }
                line.plain(key == "manual_steps" ? "  \(position + 1). " : "  - ")
                guard let text = Self.text(element) else { return line.value(element) }
                line.plain(text)
                return true
            }
            guard fitted else { return }
        }
    }

    private mutating func mark(_ colour: StaticString?) {
        if colours, let colour { line.raw(colour) }
    }

    /// A value as JSON, but without quotes where a reader needs none.
    private static func value(_ value: Logger.MetadataValue, to line: inout BoundedText) -> Bool {
        guard case .string(let text) = value, isBare(text) else { return line.value(value) }
        line.plain(text)
        return true
    }

    private static func isBare(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
    }

    private static func text(_ value: Logger.MetadataValue?) -> String? {
        guard case .string(let text) = value else { return nil }
        return text
    }

    private static func isRedundant(_ field: (key: String, value: Logger.MetadataValue), _ path: String?) -> Bool {
        guard let path else { return false }
        switch field.key {
        case "hierarchy_path": return true
        case "worker_id": return text(field.value) == path
        case "child_name": return text(field.value).map { path == $0 || path.hasSuffix("/\($0)") } ?? false
        default: return false
        }
    }

    private static func word(for level: Logger.Level) -> String {
        switch level {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO"
        case .notice: "NOTE"
        case .warning: "WARN"
        case .error: "ERROR"
        case .critical: "CRIT"
        }
    }

    private static func colour(of level: Logger.Level) -> StaticString {
        switch level {
        case .trace, .debug: "\u{1B}[2m"
        case .info: "\u{1B}[32m"
        case .notice: "\u{1B}[36m"
        case .warning: "\u{1B}[33m"
        case .error: "\u{1B}[31m"
        case .critical: "\u{1B}[1;31m"
        }
    }
}
