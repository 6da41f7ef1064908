/// What happens when a program ends.
public struct RestartSection: Sendable, Equatable {
    /// Which endings lead to a restart.
    public enum Policy: String, Sendable, CaseIterable, SettingValue {
        /// Every ending.
        case always
        /// Every ending but a success.
        case onFailure
        /// No ending.
        case never
    }

    /// Which endings lead to a restart.
    public let policy: Policy
    /// Exit codes that count as success, each from 0 to 255.
    public let successExitCodes: Set<Int32>
    /// Delay before the second restart; the first comes at once.
    public let initialDelay: Duration
    /// Longest delay; never below `initialDelay`.
    public let maximumDelay: Duration
    /// A run longer than this makes the next restart immediate again.
    public let stableAfter: Duration

    init(_ object: ConfigurationObject, _ schema: RestartSchema) {
        policy = object[schema.policy]
        successExitCodes = Set(object[RestartSchema.successExitCodes].map { Int32(clamping: $0) })
        initialDelay = object[RestartSchema.initialDelay]
        maximumDelay = object[RestartSchema.maximumDelay]
        stableAfter = object[RestartSchema.stableAfter]
    }
}
