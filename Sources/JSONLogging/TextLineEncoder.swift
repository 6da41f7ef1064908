internal import Logging

/// Log records as columns for people: time, level, component, message, then `key=value`.
enum TextLineEncoder {
    private static let truncatedTail: StaticString = " [truncated]"
    /// Room for the tail, colour marks, padding and the newline.
    private static let reserve = 128
    private static let stringShare = 8
    private static let levelWidth = 8
    private static let componentWidth = 20
    private static let messageWidth = 48

    /// The line of a record, newline included, of at most `limit` bytes.
    static func encode(_ record: LogRecord, limit: Int, redactor: Redactor, colours: Bool) -> [UInt8] {
        let content = limit - reserve
        var line = BoundedText(limit: content, stringLimit: content, redactor: redactor)
        append(record, colours: colours, to: &line)
        if line.isTruncated {
            line = BoundedText(limit: content, stringLimit: limit / stringShare, redactor: redactor)
            append(record, colours: colours, to: &line)
            line.raw(truncatedTail)
        }
        line.raw("\n")
        return line.bytes
    }

    private static func append(_ record: LogRecord, colours: Bool, to line: inout BoundedText) {
        line.time(record.time)
        line.raw(" ")
        if colours { line.raw(colour(of: record.level)) }
        column(record.level.rawValue.uppercased(), width: levelWidth, to: &line)
        if colours { line.raw("\u{1B}[0m") }
        line.raw(" ")
        column(record.component, width: componentWidth, to: &line)
        line.raw(" ")
        if record.fields.isEmpty {
            line.plain(record.message)
        } else {
            column(record.message, width: messageWidth, to: &line)
        }
        for field in record.fields {
            _ = line.attempt { line in
                line.fixed(" ") && line.key(field.key, quoted: false) && line.fixed("=")
                    && value(field.value, to: &line)
            }
        }
    }

    private static func column(_ text: String, width: Int, to line: inout BoundedText) {
        let start = line.bytes.count
        line.plain(text)
        line.pad(from: start, to: width)
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
