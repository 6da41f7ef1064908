/// The gateway's own log.
public struct LoggingSection: Sendable, Equatable {
    /// Severities, from the least.
    public enum Level: String, Sendable, CaseIterable, SettingValue {
        /// Every step.
        case trace
        /// What a developer asks for.
        case debug
        /// What happens.
        case info
        /// What happens seldom.
        case notice
        /// What may heal itself.
        case warning
        /// What a person must act on.
        case error
        /// What stops the gateway.
        case critical
    }

    /// How a line looks.
    public enum Format: String, Sendable, CaseIterable, SettingValue {
        /// One JSON object.
        case json
        /// Columns for a person.
        case text
    }

    /// The least severe level that is logged.
    public let level: Level
    /// How a line looks.
    public let format: Format

    init(_ object: ConfigurationObject) {
        level = object[LoggingSchema.level]
        format = object[LoggingSchema.format]
    }
}
