import JSONLogging
import Logging

/// What a line of a child says in the gateway's log.
struct ChildOutputMessage: Equatable {
    /// One field of a structured line.
    struct Field: Equatable {
        let name: String
        let value: Value
    }

    /// A value of a field.
    enum Value: Equatable {
        case text(String)
        /// A number as it was written.
        case number(String)
        case truth(Bool)
        /// Null, a list or a mapping: nothing that is shown.
        case other
    }

    /// How many fields are shown.
    static let fieldLimit = 32
    /// How many bytes the names and values that are shown may have.
    static let byteLimit = 8 * 1024

    /// What the child said of itself; nil where it did not, or not in words that are known.
    private(set) var level: Logger.Level?
    /// What the child said.
    private(set) var text: String
    /// What else the child said.
    private(set) var fields: Logger.Metadata = [:]
    /// How many fields were left out because the line has too many, or they are too long.
    private(set) var omittedFields = 0

    /// Reads a line: a JSON object, logfmt, a line of Redpanda, or plain text.
    init(_ line: String) {
        text = line
        if let fields = ChildOutputJSON.fields(of: line) {
            take(fields)
        } else if let fields = ChildOutputLogfmt.fields(of: line) {
            // Text with equals signs is no logfmt yet.
            let names = Set(fields.map(\.name))
            if names.contains("level"), names.contains("msg") { take(fields) }
        } else {
            level = ChildOutputLevel.prefix(of: line)
        }
    }

    /// Divides fields into level, text and others; of fields with the same name the last one counts.
    ///
    /// Where there is no text, the line is shown as it is.
    private mutating func take(_ all: [Field]) {
        let level = Self.find(ChildOutputLevel.fieldNames, in: all) { ChildOutputLevel.level(of: $0) }
        let text = Self.find(["msg", "message"], in: all) { $0 }
        self.level = level?.value
        guard let text else { return }
        self.text = text.value
        var room = Self.byteLimit
        for field in all where field.name != text.name && field.name != level?.name {
            guard let value = Self.metadata(field.value) else { continue }
            room -= field.name.utf8.count + value.description.utf8.count
            if room >= 0, fields.count < Self.fieldLimit || fields[field.name] != nil {
                fields[field.name] = value
            } else {
                omittedFields += 1
            }
        }
    }

    /// The first of some names that a field with a fitting text has.
    private static func find<Found>(
        _ names: [String],
        in fields: [Field],
        read: (String) -> Found?
    ) -> (name: String, value: Found)? {
        for name in names {
            guard case .text(let text)? = fields.last(where: { $0.name == name })?.value else { continue }
            if let value = read(text) { return (name, value) }
        }
        return nil
    }

    private static func metadata(_ value: Value) -> Logger.MetadataValue? {
        switch value {
        case .text(let text): return .string(text)
        case .truth(let truth): return .bool(truth)
        case .other: return nil
        case .number(let text):
            if let integer = Int64(text) { return .number(integer) }
            // A number that no Double comes near is shown as it was written.
            guard let double = Double(text), double.isFinite else { return .string(text) }
            return .number(double)
        }
    }
}
