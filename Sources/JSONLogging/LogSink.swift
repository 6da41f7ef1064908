internal import Logging

/// What all handlers of a process share: the level, the clock, the secrets to hide and the way out.
public final class LogSink: Sendable {
    /// The longest line by default, newline included.
    public static let defaultLineLimit = 32 * 1024
    /// The smallest line limit: the fields that every line has must fit.
    public static let minimumLineLimit = 1024

    /// The level of every logger that has none of its own.
    public let levels: LogLevelControl
    /// The secrets that are hidden in every line.
    public let secrets: SecretRegistry
    private let writer: LogWriter
    private let lineLimit: Int
    private let now: @Sendable () -> WallTime

    /// Makes a sink.
    ///
    /// - Parameters:
    ///   - writer: Takes the finished lines.
    ///   - levels: The process-wide level.
    ///   - secrets: The secrets to hide; any thread may register further ones later.
    ///   - lineLimit: The longest line in bytes, newline included; at least `minimumLineLimit`.
    ///   - now: The clock of the lines' `ts`.
    public init(
        writer: LogWriter,
        levels: LogLevelControl,
        secrets: SecretRegistry = SecretRegistry(),
        lineLimit: Int = LogSink.defaultLineLimit,
        now: @escaping @Sendable () -> WallTime = WallTime.now
    ) {
        self.writer = writer
        self.levels = levels
        self.lineLimit = max(lineLimit, Self.minimumLineLimit)
        self.now = now
        self.secrets = secrets
    }

    /// Encodes one statement and hands it to the writer; never blocks.
    func submit(
        _ event: LogEvent, label: String, metadata: Logger.Metadata, provider: Logger.MetadataProvider?,
        encode: (LogRecord, _ limit: Int, Redactor) -> [UInt8]
    ) {
        let record = LogRecord(event, label: label, metadata: metadata, provider: provider, time: now())
        writer.write(encode(record, lineLimit, secrets.redactor), level: event.level)
    }
}
