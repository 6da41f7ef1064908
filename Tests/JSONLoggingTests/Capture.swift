import JSONLogging
import Logging

/// What handlers wrote during `body`, as lines; the clock stands at 2026-11-21T02:05:30.123Z.
func capture(
    secrets: [String] = [], lineLimit: Int = LogSink.defaultLineLimit, level: Logger.Level = .trace,
    _ body: (LogSink) -> Void
) throws -> [String] {
    let pipe = Pipe()
    let writer = try LogWriter(descriptor: pipe.writeEnd)
    let sink = LogSink(
        writer: writer, levels: LogLevelControl(level), lineLimit: lineLimit, now: { testTime })
    sink.secrets.register(secrets)
    body(sink)
    writer.close(timeout: .seconds(10))
    return pipe.lines()
}

let testTime = WallTime(sinceEpoch: .seconds(1_795_226_730) + .milliseconds(123))

extension LogSink {
    /// A logger that writes JSON to this sink.
    func jsonLogger(_ label: String = "test") -> Logger {
        Logger(label: label) { JSONLogHandler(label: $0, sink: self) }
    }

    /// A logger that writes text to this sink.
    func textLogger(_ label: String = "test", colours: Bool = false) -> Logger {
        Logger(label: label) { TextLogHandler(label: $0, sink: self, colours: colours) }
    }
}
