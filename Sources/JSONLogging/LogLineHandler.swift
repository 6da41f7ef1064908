public import Logging

/// Writes each log statement as one line to a sink.
///
/// The sink's writer knows the form and the destination. Logging never blocks.
public struct LogLineHandler: LogHandler {
    /// The metadata of every line of this logger.
    public var metadata: Logger.Metadata = [:]
    /// Supplies metadata of the current task to each line.
    public var metadataProvider: Logger.MetadataProvider?
    /// Whether the sink may fold what this logger repeats; false for lines whose pace their source keeps already.
    public var isFolded = true
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
        sink.submit(event, label: label, metadata: metadata, provider: metadataProvider, isFolded: isFolded)
    }
}
