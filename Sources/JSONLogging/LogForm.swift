/// What a log line looks like.
public enum LogForm: Sendable {
    /// One JSON object a line: `ts`, `level`, `msg`, `component`, then the metadata by key.
    ///
    /// Numbers, booleans and durations given as `.stringConvertible` stay numbers and booleans; see `LogValue`. Metadata
    /// named like a fixed field is logged as `metadata_…`; `component` replaces the label. A line that is too long has
    /// its values cut and ends in `"truncated":true`.
    case json
    /// Columns for a person: time, level, component, message, then `key=value` by key.
    ///
    /// Control characters are escaped, so that no logged text can steer the terminal.
    case text(TextStyle)

    /// The line of a record, newline included, of at most `limit` bytes.
    func encode(_ record: LogRecord, limit: Int, redactor: Redactor) -> [UInt8] {
        switch self {
        case .json: JSONLineEncoder.encode(record, limit: limit, redactor: redactor)
        case .text(let style): TextLineEncoder.encode(record, limit: limit, redactor: redactor, style: style)
        }
    }
}
