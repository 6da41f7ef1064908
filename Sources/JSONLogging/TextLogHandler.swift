public import Logging

/// Writes each log statement as columns for a person at a terminal.
///
/// Time, level, component, message, then `key=value` by key. Control characters are escaped, so that no logged text can
/// steer the terminal. Logging never blocks.
public struct TextLogHandler: LogHandler {
    /// The metadata of every line of this logger.
    public var metadata: Logger.Metadata = [:]
    /// Supplies metadata of the current task to each line.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let sink: LogSink
    private let colours: Bool
    private var ownLevel: Logger.Level?

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: The logger's label, which becomes the component.
    ///   - sink: Where lines go.
    ///   - colours: Whether levels are coloured; see `usesColours`.
    ///   - metadataProvider: Supplies metadata of the current task.
    public init(label: String, sink: LogSink, colours: Bool, metadataProvider: Logger.MetadataProvider? = nil) {
        self.label = label
        self.sink = sink
        self.colours = colours
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
            TextLineEncoder.encode(record, limit: limit, redactor: redactor, colours: colours)
        }
    }

    /// Whether colours suit an output.
    ///
    /// Source of the rule: https://no-color.org
    ///
    /// - Parameters:
    ///   - isTerminal: What `isatty` says about the descriptor.
    ///   - noColor: The environment's `NO_COLOR`, `nil` when unset.
    ///   - terminal: The environment's `TERM`, `nil` when unset.
    /// - Returns: True for a terminal that is not dumb, unless `NO_COLOR` has a value.
    public static func usesColours(isTerminal: Bool, noColor: String?, terminal: String?) -> Bool {
        isTerminal && (noColor ?? "").isEmpty && terminal != "dumb"
    }

    /// The line that says how many lines were lost, for `LogWriter`.
    ///
    /// - Parameter now: The clock of the line.
    /// - Returns: A function from the number of lost lines to the line.
    public static func dropNotice(
        now: @escaping @Sendable () -> WallTime = WallTime.now
    ) -> @Sendable (_ dropped: UInt64) -> [UInt8] {
        { dropped in
            let record = LogRecord(dropped: dropped, time: now())
            let limit = LogSink.minimumLineLimit
            return TextLineEncoder.encode(record, limit: limit, redactor: Redactor(), colours: false)
        }
    }
}
