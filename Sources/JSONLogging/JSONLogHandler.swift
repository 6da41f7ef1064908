public import Logging

/// Writes each log statement as one JSON object: `ts`, `level`, `msg`, `component`, then the metadata by key.
///
/// Numbers, booleans and durations given as `.stringConvertible` stay numbers and booleans; see `LogValue`. Metadata
/// named like a fixed field is logged as `metadata_…`; `component` replaces the label. A line longer than the sink
/// allows has its values cut and ends in `"truncated":true`. Logging never blocks.
public struct JSONLogHandler: LogHandler {
    /// The metadata of every line of this logger.
    public var metadata: Logger.Metadata = [:]
    /// Supplies metadata of the current task to each line.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let sink: LogSink
    private var ownLevel: Logger.Level?

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: The logger's label, which becomes the `component`.
    ///   - sink: Where lines go.
    ///   - metadataProvider: Supplies metadata of the current task.
    public init(label: String, sink: LogSink, metadataProvider: Logger.MetadataProvider? = nil) {
        self.label = label
        self.sink = sink
        self.metadataProvider = metadataProvider
    }

    /// The level set on this logger, or else that of the process at the moment.
    public var logLevel: Logger.Level {
        get { ownLevel ?? sink.levels.level }
        set { ownLevel = newValue }
    }

    /// One value of the logger's metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one line.
    ///
    /// - Parameter event: The statement, which has passed the level already.
    public func log(event: LogEvent) {
        sink.submit(event, label: label, metadata: metadata, provider: metadataProvider) { record, limit, redactor in
            JSONLineEncoder.encode(record, limit: limit, redactor: redactor)
        }
    }

    /// The line that says how many lines were lost, for `LogWriter`.
    ///
    /// - Parameter now: The clock of the line's `ts`.
    /// - Returns: A function from the number of lost lines to the line.
    public static func dropNotice(
        now: @escaping @Sendable () -> WallTime = WallTime.now
    ) -> @Sendable (_ dropped: UInt64) -> [UInt8] {
        { dropped in
            let record = LogRecord(dropped: dropped, time: now())
            return JSONLineEncoder.encode(record, limit: LogSink.minimumLineLimit, redactor: Redactor())
        }
    }
}
