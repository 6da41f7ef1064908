import FoundationEssentials

/// One line of a flow's log, in either of its formats, as far as signals are read from it.
struct FlowLogLine: Decodable, Equatable {
    /// `error`, `warning`, `info` and so on; absent in a format without levels.
    var level: String?
    /// What happened.
    var message: String
    /// Where in the configuration it happened, such as `root.output`.
    var path: String?
    /// Why it happened, where the message does not say so.
    var cause: String?
    /// What is wrong in the configuration.
    var lint: String?

    private enum CodingKeys: String, CodingKey {
        case level
        case message = "msg"
        case path
        case cause = "err"
        case lint
    }

    /// The message and its cause.
    var text: String { cause.map { "\(message): \($0)" } ?? message }

    var isError: Bool { level == "error" || level == "fatal" }

    /// Reads a line that may matter; `nil` for all others, most of which are dismissed without being read in full.
    init?(_ line: String) {
        guard Self.mayMatter(line) else { return nil }
        if line.utf8.first == UInt8(ascii: "{") {
            // A line of data that looks like a log line until it is read is none.
            guard let decoded = try? JSONDecoder().decode(FlowLogLine.self, from: Data(line.utf8)) else { return nil }
            self = decoded
        } else {
            self.init(fields: Self.fields(of: line))
        }
    }

    private init?(fields: [String: String]) {
        guard let message = fields["msg"] else { return nil }
        self.message = message
        level = fields["level"]
        path = fields["path"]
        cause = fields["err"]
        lint = fields["lint"]
    }

    private static func mayMatter(_ line: String) -> Bool {
        line.contains(bytesOf: "\"level\":\"error\"") || line.contains(bytesOf: "\"level\":\"warn")
            || line.contains(bytesOf: "level=error") || line.contains(bytesOf: "level=warn")
            || line.contains(bytesOf: "level\":\"fatal\"") || line.contains(bytesOf: "level=fatal")
            || line.contains(bytesOf: "Pipeline has terminated")
    }

    /// Reads `key=value` pairs; values with blanks are quoted, with a backslash before quotes and backslashes.
    private static func fields(of line: String) -> [String: String] {
        var fields: [String: String] = [:]
        var rest = line.utf8[...]
        while let equalSign = rest.firstIndex(of: UInt8(ascii: "=")) {
            let key = rest[..<equalSign].drop { $0 == UInt8(ascii: " ") }
            rest = rest[equalSign...].dropFirst()
            fields[String(decoding: key, as: UTF8.self)] = value(&rest)
        }
        return fields
    }

    private static func value(_ rest: inout Substring.UTF8View) -> String {
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { $0 != UInt8(ascii: " ") }
            rest = rest.dropFirst(value.count)
            return String(decoding: value, as: UTF8.self)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            let isEscape = byte == UInt8(ascii: "\\")
            value.append(isEscape ? rest.popFirst() ?? byte : byte)
        }
        return String(decoding: value, as: UTF8.self)
    }
}
