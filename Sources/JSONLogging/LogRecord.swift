internal import Logging

/// One log statement with everything that a line shows, before it becomes text.
///
/// Values whose keys name a secret are masked here already; see `SecretKey`.
struct LogRecord {
    let time: WallTime
    let level: Logger.Level
    let message: String
    let component: String
    /// The metadata, sorted by key; no key is one that every line has.
    let fields: [(key: String, value: Logger.MetadataValue)]
    /// How many more statements it stands for.
    let repeated: UInt64

    init(time: WallTime, level: Logger.Level, message: String, component: String, metadata: Logger.Metadata) {
        var metadata = metadata
        var component = component
        if let override = metadata.removeValue(forKey: "component") { component = override.description }
        for key in metadata.keys where Self.isReserved(key) {
            guard let value = metadata.removeValue(forKey: key) else { continue }
            metadata.merge(["metadata_\(key)": value]) { own, _ in own }
        }
        self.init(
            time: time, level: level, message: message, component: component,
            fields: metadata.map { ($0.key, SecretKey.masking($0.value, of: $0.key)) }.sorted { $0.key < $1.key })
    }

    private init(
        time: WallTime, level: Logger.Level, message: String, component: String,
        fields: [(key: String, value: Logger.MetadataValue)], repeated: UInt64 = 0
    ) {
        self.time = time
        self.level = level
        self.message = message
        self.component = component
        self.fields = fields
        self.repeated = repeated
    }

    /// Gathers a statement's metadata: the statement's own wins over the provider's, which wins over the logger's.
    init(
        _ event: LogEvent, label: String, metadata: Logger.Metadata, provider: Logger.MetadataProvider?, time: WallTime
    ) {
        var merged = metadata
        if let provider { merged.merge(provider.get()) { _, provided in provided } }
        if let own = event.metadata { merged.merge(own) { _, own in own } }
        if let error = event.error, merged["error"] == nil { merged["error"] = "\(error)" }
        self.init(
            time: time, level: event.level, message: event.message.description, component: label, metadata: merged)
    }

    /// What tells the reader of the log that lines are missing.
    init(dropped: UInt64, time: WallTime) {
        self.init(
            time: time, level: .warning, message: "Log lines dropped", component: "log",
            metadata: ["dropped": .number(dropped)])
    }

    /// The same statement, standing for so many more that were left out.
    ///
    /// - Parameters:
    ///   - repeated: How many; none leaves the statement as it is.
    ///   - time: When it is written, if that is later than it was made.
    /// - Returns: The statement with `repeated`.
    func standing(for repeated: UInt64, at time: WallTime? = nil) -> LogRecord {
        var fields = fields
        if repeated > 0 {
            fields.removeAll { $0.key == "repeated" }
            let place = fields.firstIndex { $0.key > "repeated" } ?? fields.endIndex
            fields.insert(("repeated", .number(repeated)), at: place)
        }
        return LogRecord(
            time: time ?? self.time, level: level, message: message, component: component, fields: fields,
            repeated: repeated)
    }

    /// Whether a key belongs to every line, so that metadata may not take it over.
    private static func isReserved(_ key: String) -> Bool {
        switch key {
        case "ts", "level", "msg", "truncated": true
        default: false
        }
    }
}
