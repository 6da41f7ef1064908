/// How the recovery from an incident goes.
public enum RecoveryStatus: String, Sendable, Hashable {
    /// No check fails.
    case healthy
    /// The first attempts are being made.
    case attemptingRecovery = "attempting_recovery"
    /// Several attempts have failed.
    case persistentFailure = "persistent_failure"
    /// All attempts have failed, and the escalation is being made.
    case escalationImminent = "escalation_imminent"
    /// The parent was told, or at the root the operator; probing goes on.
    case escalated
}

/// A supervisor's circuit at one moment.
public struct CircuitReport: Sendable, Equatable {
    /// What failed, or nil while the circuit is closed.
    public let failure: CheckFailure?
    /// The attempts that have failed in this incident.
    public let attempts: Int
    /// The attempts after which the incident escalates.
    public let maxAttempts: Int
    /// The delay between the last attempt and the next one.
    public internal(set) var backoffDelay = Duration.zero
    /// The time since the circuit was opened.
    public internal(set) var downtime = Duration.zero
    /// The time until the next attempt.
    public internal(set) var nextRetryIn = Duration.zero
    /// How the recovery goes.
    public let status: RecoveryStatus

    /// Whether the supervisor has stopped acting on children.
    public var isOpen: Bool { failure != nil }
}
