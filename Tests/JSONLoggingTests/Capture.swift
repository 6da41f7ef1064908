import JSONLogging
import Logging

/// What handlers wrote during `body`, as lines; the clock stands at 2026-11-21T02:05:30.123Z.
func capture(
    secrets: [String] = [], lineLimit: Int = LogSink.defaultLineLimit, level: Logger.Level = .trace,
    form: LogForm = .json, destination: LogDestination = .stream, foldWindow: Duration = .zero,
    _ body: (LogSink) throws -> Void
) throws -> [String] {
    let pipe = Pipe()
    let writer = try LogWriter(descriptor: pipe.writeEnd, form: form, destination: destination)
    let sink = LogSink(
        writer: writer, levels: LogLevelControl(level), lineLimit: lineLimit, foldWindow: foldWindow,
        clocks: LogClocks(now: { testTime }))
    sink.secrets.register(secrets)
    try body(sink)
    sink.close()
    writer.close(timeout: .seconds(10))
    return pipe.lines()
}

let testTime = WallTime(sinceEpoch: .seconds(1_795_226_730) + .milliseconds(123))

extension LogSink {
    /// A logger that writes to this sink.
    func logger(_ label: String = "test", isFolded: Bool = true) -> Logger {
        var handler = LogLineHandler(label: label, sink: self)
        handler.isFolded = isFolded
        return Logger(label: label) { [handler] _ in handler }
    }
}
