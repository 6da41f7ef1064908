internal import Logging

/// One log statement with everything that a line shows, before it becomes text.
struct LogRecord {
    let time: WallTime
    let level: Logger.Level
    let message: String
    let component: String
    /// The metadata, sorted by key; no key is one that every line has.
    let fields: [(key: String, value: Logger.MetadataValue)]

    init(time: WallTime, level: Logger.Level, message: String, component: String, metadata: Logger.Metadata) {
        var metadata = metadata
        var component = component
        if let override = metadata.removeValue(forKey: "component") { component = override.description }
        for key in metadata.keys where Self.isReserved(key) {
            guard let value = metadata.removeValue(forKey: key) else { continue }
            metadata.merge(["metadata_\(key)": value]) { own, _ in own }
        }
        self.time = time
        self.level = level
        self.message = message
        self.component = component
        self.fields = metadata.map { ($0.key, $0.value) }.sorted { $0.key < $1.key }
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

    /// Whether a key belongs to every line, so that metadata may not take it over.
    private static func isReserved(_ key: String) -> Bool {
        switch key {
        case "ts", "level", "msg", "truncated": true
        default: false
        }
    }
}
