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

    /// Where lines go.
    public enum Output: String, Sendable, CaseIterable, SettingValue {
        /// To the journal where systemd has connected standard error to it, or else to standard error.
        case auto
        /// To standard error.
        case stderr
        /// To standard error, each line after its priority.
        case prefixed
        /// To the journal's socket, in its own protocol.
        case journal
    }

    /// The least severe level that is logged.
    public let level: Level
    /// How a line looks.
    public let format: Format
    /// Where lines go.
    public let output: Output
    /// How long a warning or an error that repeats is held back after a line of it; zero folds nothing.
    public let foldWindow: Duration

    init(_ object: ConfigurationObject) {
        level = object[LoggingSchema.level]
        format = object[LoggingSchema.format]
        output = object[LoggingSchema.output]
        foldWindow = object[LoggingSchema.foldWindow]
    }
}
