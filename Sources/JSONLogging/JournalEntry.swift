internal import Logging

/// Log records as entries of the journal's own protocol.
///
/// The fields of the JSON line, by this rule: `msg` is `MESSAGE`; `level` is `LEVEL` and, as a number, `PRIORITY`; every
/// other field has its own name in capitals, with `_` for what is neither letter nor digit. Text is the value as it is;
/// lists and mappings are JSON. A name that would be one of the journal's own gets `METADATA_` before it. Each entry has
/// `SYSLOG_IDENTIFIER=gatewarden`. What does not fit into the limit is cut or left out, and `TRUNCATED=true` says so.
struct JournalEntry {
    private static let identifier = "gatewarden"
    private static let truncatedTail = "TRUNCATED=true\n"
    /// The longest name that the journal accepts (systemd, journal-file.c, `journal_field_valid`).
    private static let nameLimit = 64
    private static let lengthSize = 8

    private var bytes: [UInt8] = []
    private var isTruncated = false
    private let limit: Int
    private let redactor: Redactor

    /// The entry of a record, of at most `limit` bytes.
    static func encode(_ record: LogRecord, limit: Int, redactor: Redactor) -> [UInt8] {
        var entry = JournalEntry(limit: limit - truncatedTail.utf8.count, redactor: redactor)
        entry.append("MESSAGE", record.message)
        entry.append("PRIORITY", "\(record.level.priority)")
        entry.append("SYSLOG_IDENTIFIER", identifier)
        entry.append("TS", record.time.description)
        entry.append("LEVEL", record.level.rawValue)
        entry.append("COMPONENT", record.component)
        for field in record.fields { entry.append(name(of: field.key), entry.text(of: field.value)) }
        if entry.isTruncated { entry.bytes.append(contentsOf: truncatedTail.utf8) }
        return entry.bytes
    }

    private init(limit: Int, redactor: Redactor) {
        self.limit = limit
        self.redactor = redactor
    }

    /// The journal's name of a field.
    static func name(of key: String) -> String {
        var name = ""
        for byte in key.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A: name.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x61...0x7A: name.unicodeScalars.append(Unicode.Scalar(byte - 0x20))
            default: name += "_"
            }
        }
        let isOwn = ["SYSLOG_", "CODE_", "OBJECT_", "COREDUMP_", "_"].contains { name.hasPrefix($0) }
        let isTaken = ["", "MESSAGE", "MESSAGE_ID", "PRIORITY", "LEVEL", "TS", "ERRNO", "INVOCATION_ID"].contains(name)
        let startsWithDigit = name.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        if isOwn || isTaken || startsWithDigit { name = "METADATA_\(name)" }
        return String(name.prefix(nameLimit))
    }

    private func text(of value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): return text
        case .stringConvertible(let value): return LogValue(value)?.description ?? value.description
        case .array, .dictionary:
            var json = BoundedText(limit: limit, stringLimit: limit, redactor: redactor)
            _ = json.value(value)
            return String(decoding: json.bytes, as: UTF8.self)
        }
    }

    private mutating func append(_ name: String, _ text: String) {
        var text = redactor.redact(text)
        text.withUTF8 { utf8 in
            let isPlain = !utf8.contains(UInt8(ascii: "\n"))
            let room = limit - bytes.count - name.utf8.count - 2 - (isPlain ? 0 : Self.lengthSize)
            guard room > 0 || utf8.isEmpty && room == 0 else {
                isTruncated = true
                return
            }
            var end = min(room, utf8.count)
            // A character is cut as a whole.
            while end > 0, end < utf8.count, utf8[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
            if end < utf8.count { isTruncated = true }
            append(name, UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: utf8[..<end])), isPlain: isPlain)
        }
    }

    private mutating func append(_ name: String, _ value: UnsafeRawBufferPointer, isPlain: Bool) {
        bytes.append(contentsOf: name.utf8)
        if isPlain {
            bytes.append(UInt8(ascii: "="))
        } else {
            bytes.append(UInt8(ascii: "\n"))
            withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: value)
        bytes.append(UInt8(ascii: "\n"))
    }
}
