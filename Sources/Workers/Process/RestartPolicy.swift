public import Supervision

/// When a process that ended is started again, and how soon.
public struct RestartPolicy: Sendable, Hashable {
    /// Which endings lead to a restart.
    public enum Mode: String, Sendable {
        /// Every ending.
        case always
        /// Every ending but a success.
        case onFailure
        /// No ending.
        case never
    }

    /// Which endings lead to a restart.
    public let mode: Mode
    /// The exit codes that count as success.
    public let successExitCodes: Set<Int32>
    /// The delays after the first, immediate restart.
    public let backoff: Backoff
    /// A run longer than this counts as a success: the next restart is immediate again.
    public let stableAfter: Duration

    /// Creates a policy; the defaults are those of the specification of process control.
    public init(
        mode: Mode = .always,
        successExitCodes: Set<Int32> = [0],
        backoff: Backoff = Backoff(),
        stableAfter: Duration = .seconds(10)
    ) {
        self.mode = mode
        self.successExitCodes = successExitCodes
        self.backoff = backoff
        self.stableAfter = stableAfter
    }
}
