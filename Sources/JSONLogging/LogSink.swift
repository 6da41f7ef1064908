internal import Logging

/// What all handlers of a process share: the level, the clocks, the secrets to hide, the folding and the way out.
public final class LogSink: Sendable {
    /// The longest line by default, newline included.
    public static let defaultLineLimit = 32 * 1024
    /// The smallest line limit: the fields that every line has must fit.
    public static let minimumLineLimit = 1024

    /// The level of every logger that has none of its own.
    public let levels: LogLevelControl
    /// The secrets that are hidden in every line.
    public let secrets: SecretRegistry
    private let now: @Sendable () -> WallTime
    private let write: @Sendable (LogRecord) -> Void
    private let folding: LogFolding?

    /// Makes a sink.
    ///
    /// - Parameters:
    ///   - writer: Takes the finished lines.
    ///   - levels: The process-wide level.
    ///   - secrets: The secrets to hide; any thread may register further ones later.
    ///   - lineLimit: The longest line in bytes, newline included; at least `minimumLineLimit`.
    ///   - foldWindow: How long a warning or an error that repeats is held back after a line of it; zero folds nothing.
    ///   - clocks: The times of lines and windows.
    public init(
        writer: LogWriter,
        levels: LogLevelControl,
        secrets: SecretRegistry = SecretRegistry(),
        lineLimit: Int = LogSink.defaultLineLimit,
        foldWindow: Duration = .zero,
        clocks: LogClocks = LogClocks()
    ) {
        self.levels = levels
        self.secrets = secrets
        now = clocks.now
        let limit = max(lineLimit, Self.minimumLineLimit)
        let write: @Sendable (LogRecord) -> Void = { writer.write($0, limit: limit, redactor: secrets.redactor) }
        self.write = write
        folding = foldWindow > .zero ? LogFolding(window: foldWindow, clocks: clocks, write: write) : nil
    }

    deinit {
        folding?.close()
    }

    /// Writes what is held back because it repeats; from now on nothing is.
    ///
    /// To be called before the writer is closed. Does not block.
    public func close() {
        folding?.close()
    }

    /// Takes one statement; never blocks.
    func submit(
        _ event: LogEvent, label: String, metadata: Logger.Metadata, provider: Logger.MetadataProvider?, isFolded: Bool
    ) {
        let record = LogRecord(event, label: label, metadata: metadata, provider: provider, time: now())
        if isFolded, let folding {
            folding.submit(record)
        } else {
            write(record)
        }
    }
}
