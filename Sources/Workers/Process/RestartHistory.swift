public import Supervision

/// What the next restart depends on: how often in a row the process did not hold, and when it died last.
public struct RestartHistory: Sendable, Hashable {
    /// How soon to start again.
    public enum Decision: Sendable, Equatable {
        /// At once.
        case now(RestartHistory)
        /// Not before a moment.
        case at(Moment, RestartHistory)
    }

    /// How many deaths within ``crashLoopWindow`` make a crash loop; source: the specification of process control
    /// ("a crash loop (5 deaths in 60 s) is a failed consistency check").
    public static let crashLoopDeaths = 5
    /// The time within which ``crashLoopDeaths`` deaths make a crash loop; source: as above.
    public static let crashLoopWindow = Duration.seconds(60)

    /// The endings in a row after runs that were too short to count as stable.
    public let failures: Int
    /// When the process died, the last time last; at most ``crashLoopDeaths`` moments.
    ///
    /// A process that could not be started, or that was ended because a probe failed, has died as well.
    public let deaths: [Moment]
    /// Why the process died last, where it is in a crash loop; the loop ends with a stable run.
    public let crashLoop: String?

    /// Creates a history.
    ///
    /// - Parameters:
    ///   - failures: the endings in a row after runs that were too short.
    ///   - deaths: when the process died, the last time last.
    ///   - crashLoop: why the process died last, where it is in a crash loop.
    public init(failures: Int = 0, deaths: [Moment] = [], crashLoop: String? = nil) {
        self.failures = failures
        self.deaths = deaths
        self.crashLoop = crashLoop
    }

    /// Decides when to start again: at once the first time, then after a growing delay with jitter.
    ///
    /// - Parameters:
    ///   - runTime: how long the process ran; zero for one that could not be started.
    ///   - cause: why it does not run any more, for operators.
    ///   - policy: the delays, and what counts as a stable run.
    ///   - now: the time of the decision.
    ///   - entropy: a random number, evenly spread over all of `UInt64`.
    /// - Returns: when to start, and the history to go on with.
    public func restart(
        after runTime: Duration,
        cause: String,
        policy: RestartPolicy,
        now: Moment,
        entropy: UInt64
    ) -> Decision {
        let wasStable = runTime >= policy.stableAfter
        let deaths = Array((deaths + [now]).suffix(Self.crashLoopDeaths))
        let loops = Self.isLoop(deaths) || crashLoop != nil && !wasStable
        let next = RestartHistory(
            failures: wasStable ? 1 : failures + 1,
            deaths: deaths,
            crashLoop: loops ? cause : nil
        )
        guard !wasStable, failures > 0 else { return .now(next) }
        let delay = policy.backoff.jitteredDelay(afterAttempts: failures - 1, entropy: entropy)
        return .at(now.advanced(by: delay), next)
    }

    private static func isLoop(_ deaths: [Moment]) -> Bool {
        guard deaths.count >= crashLoopDeaths, let first = deaths.first, let last = deaths.last else { return false }
        return first.duration(to: last) <= crashLoopWindow
    }
}
