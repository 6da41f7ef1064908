internal import Logging

/// Log records as JSON objects, one per line.
enum JSONLineEncoder {
    /// The end of a line that was cut, for which room is kept.
    private static let truncatedTail: StaticString = ",\"truncated\":true}\n"
    /// In a line that is too long, the part of it that each string may take: messages, component and a few values fit.
    private static let stringShare = 8

    /// The line of a record, newline included, of at most `limit` bytes.
    static func encode(_ record: LogRecord, limit: Int, redactor: Redactor) -> [UInt8] {
        let content = limit - truncatedTail.utf8CodeUnitCount
        var line = BoundedText(limit: content, stringLimit: content, redactor: redactor)
        append(record, to: &line)
        guard line.isTruncated else {
            line.raw("}\n")
            return line.bytes
        }
        line = BoundedText(limit: content, stringLimit: limit / stringShare, redactor: redactor)
        append(record, to: &line)
        line.raw(truncatedTail)
        return line.bytes
    }

    private static func append(_ record: LogRecord, to line: inout BoundedText) {
        line.raw("{\"ts\":\"")
        line.time(record.time)
        line.raw("\",\"level\":\"")
        line.plain(record.level.rawValue)
        line.raw("\",\"msg\":")
        _ = line.string(record.message)
        line.raw(",\"component\":")
        _ = line.string(record.component)
        for field in record.fields {
            _ = line.attempt { line in
                line.fixed(",") && line.key(field.key, quoted: true) && line.fixed(":") && line.value(field.value)
            }
        }
    }
}
