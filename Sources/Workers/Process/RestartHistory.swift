public import Supervision

/// What the next restart depends on: how often in a row the process did not hold.
public struct RestartHistory: Sendable, Hashable {
    /// How soon to start again.
    public enum Decision: Sendable, Equatable {
        /// At once.
        case now(RestartHistory)
        /// Not before a moment.
        case at(Moment, RestartHistory)
    }

    /// The endings in a row after runs that were too short to count as stable.
    public let failures: Int

    /// Creates a history.
    public init(failures: Int = 0) {
        self.failures = failures
    }

    /// Decides when to start again: at once the first time, then after a growing delay with jitter.
    ///
    /// - Parameters:
    ///   - runTime: how long the process ran; zero for one that could not be started.
    ///   - policy: the delays, and what counts as a stable run.
    ///   - now: the time of the decision.
    ///   - entropy: a random number, evenly spread over all of `UInt64`.
    /// - Returns: when to start, and the history to go on with.
    public func restart(after runTime: Duration, policy: RestartPolicy, now: Moment, entropy: UInt64) -> Decision {
        guard runTime < policy.stableAfter, failures > 0 else { return .now(RestartHistory(failures: 1)) }
        let delay = policy.backoff.jitteredDelay(afterAttempts: failures - 1, entropy: entropy)
        return .at(now.advanced(by: delay), RestartHistory(failures: failures + 1))
    }
}
