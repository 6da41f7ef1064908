import Standins

/// The flow's log in the two formats of benthos: `json` with sorted keys, and `logfmt`.
struct FlowLogger: Sendable {
    /// Levels in the order of their weight.
    enum Level: Int, Sendable, Comparable {
        case off, error, warning, info, debug, trace

        /// Reads a level as the configuration writes it, in any case.
        init?(configured text: String) {
            switch text.uppercased() {
            case "OFF", "NONE": self = .off
            case "ERROR", "FATAL": self = .error
            case "WARN", "WARNING": self = .warning
            case "INFO": self = .info
            case "DEBUG": self = .debug
            case "TRACE", "ALL": self = .trace
            default: return nil
            }
        }

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// The two formats.
    enum Format: String, Sendable {
        case json, logfmt
    }

    /// Lines beyond this level are left out.
    var level = Level.info
    /// How lines are written.
    var format = Format.logfmt
    /// Whether lines carry their time.
    var hasTimestamp = true
    /// Standard output, or standard error where an output of the flow is standard output.
    var sink = LineSink.standardOutput
    /// Fields of every line.
    var fields: [String: JSONValue] = ["@service": .string("benthos")]

    /// A logger whose lines name a component of the flow.
    ///
    /// - Parameter place: the component
    /// - Returns: the logger with the component's fields
    func of(_ place: ComponentPlace) -> FlowLogger {
        var logger = self
        logger.fields["label"] = .string(place.label)
        logger.fields["path"] = .string(place.path)
        return logger
    }

    /// Writes a line at the level "info".
    func info(_ message: String, _ more: [String: JSONValue] = [:]) { write(.info, message, more) }
    /// Writes a line at the level "warning".
    func warning(_ message: String, _ more: [String: JSONValue] = [:]) { write(.warning, message, more) }
    /// Writes a line at the level "error".
    func error(_ message: String, _ more: [String: JSONValue] = [:]) { write(.error, message, more) }
    /// Writes a line at the level "debug".
    func debug(_ message: String, _ more: [String: JSONValue] = [:]) { write(.debug, message, more) }

    /// Writes a line.
    ///
    /// - Parameters:
    ///   - level: its level
    ///   - message: what happened
    ///   - more: fields of this line alone
    func write(_ level: Level, _ message: String, _ more: [String: JSONValue]) {
        guard level <= self.level, level != .off else { return }
        let all = fields.merging(more) { $1 }
        switch format {
        case .json: sink.write(json(level, message, all))
        case .logfmt: sink.write(logfmt(level, message, all))
        }
    }

    private func json(_ level: Level, _ message: String, _ fields: [String: JSONValue]) -> String {
        var line = fields
        line["level"] = .string("\(level)")
        line["msg"] = .string(message)
        if hasTimestamp { line["time"] = .string(Timestamp.seconds()) }
        return JSONValue.object(line).text
    }

    private func logfmt(_ level: Level, _ message: String, _ fields: [String: JSONValue]) -> String {
        var words = hasTimestamp ? ["time=\"\(Timestamp.seconds())\""] : []
        words += ["level=\(level)", "msg=\(Self.quotedWhereNeeded(message))"]
        words += fields.sorted { $0.key < $1.key }.map { key, value in
            if case .string(let text) = value {
                "\(key)=\(Self.quotedWhereNeeded(text))"
            } else {
                "\(key)=\(value.text)"
            }
        }
        return words.joined(separator: " ")
    }

    /// The rule of logrus' text formatter: letters, digits and `-._/@^+` stand without quotation marks.
    private static func quotedWhereNeeded(_ text: String) -> String {
        let isBare = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                || "-._/@^+".unicodeScalars.contains(scalar)
        }
        return isBare && !text.isEmpty ? text : JSONValue.quoted(text)
    }
}

/// Where a component stands in the flow: its label and its path.
struct ComponentPlace: Sendable, Hashable {
    /// The label from the configuration; may be empty.
    let label: String
    /// For example `root.pipeline.processors.0`.
    let path: String
}
