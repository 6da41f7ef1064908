internal import Logging

/// What makes two log statements the same warning: level, component, message, and the fields that identify.
///
/// Measures do not identify: they are different in each repetition. A measure is a field, at any depth, whose name ends in
/// `_ms`, `_bytes`, `_lines`, `_count` or `_total`, or is `count`, `time`, `ts` or `timestamp`. Everything else does, numbers
/// included: another `pid`, `port` or `retry_attempt` is news.
struct LogIdentity: Hashable {
    private let text: String

    init(_ record: LogRecord) {
        var text = "\(record.level.rawValue)\0\(record.component)\0\(record.message)"
        for field in record.fields where !Self.isMeasure(field.key) {
            text += "\0\(field.key)="
            Self.append(field.value, to: &text)
        }
        self.text = text
    }

    /// What is too deep to be shown does not identify either.
    private static func append(_ value: Logger.MetadataValue, to text: inout String, depth: Int = 0) {
        guard depth < BoundedText.maximumDepth else { return }
        switch value {
        // Its length keeps a text apart from one that contains what follows.
        case .string(let string): text += "\(string.utf8.count):\(string)"
        case .stringConvertible(let value): text += value.description
        case .array(let elements):
            for element in elements {
                text += "\0,"
                append(element, to: &text, depth: depth + 1)
            }
        case .dictionary(let fields):
            for field in fields.sorted(by: { $0.key < $1.key }) where !isMeasure(field.key) {
                text += "\0\(field.key):"
                append(field.value, to: &text, depth: depth + 1)
            }
        }
    }

    private static let measures: Set = ["count", "time", "ts", "timestamp", "@timestamp", "repeated"]
    private static let measureEndings = ["_ms", "_bytes", "_lines", "_count", "_total"]

    private static func isMeasure(_ key: String) -> Bool {
        measures.contains(key) || measureEndings.contains { key.hasSuffix($0) }
    }
}
