public import Logging
internal import Synchronization

/// The level of a running process, as configuration and operators set it, and its way back.
///
/// Any thread may call every method; none blocks. Its one task, the way back, ends with a new setting or with `close`.
public final class RuntimeLogLevel: Sendable {
    private struct State {
        var plan: LogLevelPlan
        var wayBack: Task<Void, Never>?
    }

    private let levels: LogLevelControl
    private let state: Mutex<State>
    private let elapsed: @Sendable () -> Duration
    /// Suspends until a time since the same moment.
    private let sleep: @Sendable (Duration) async throws -> Void
    private let onReturn: @Sendable (LogLevelPlan) -> Void

    /// Makes the level the configured one.
    ///
    /// - Parameters:
    ///   - levels: What the handlers read.
    ///   - configured: What the configuration says.
    ///   - clock: The clock of levels that are set for some time.
    ///   - onReturn: Is told when the time of a level was over and the configured one counts again.
    public init<C: Clock>(
        _ levels: LogLevelControl,
        configured: Logger.Level,
        clock: C,
        onReturn: @escaping @Sendable (LogLevelPlan) -> Void
    ) where C.Duration == Duration {
        self.levels = levels
        self.onReturn = onReturn
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
        state = Mutex(State(plan: LogLevelPlan(configured: configured)))
        levels.level = configured
    }

    deinit {
        close()
    }

    /// Which level counts, and for how long.
    ///
    /// - Returns: The plan, and the time until the configured level counts again; nil where no time is set.
    public func current() -> (plan: LogLevelPlan, remaining: Duration?) {
        let plan = state.withLock { $0.plan }
        return (plan, plan.endsAt.map { max(.zero, $0 - elapsed()) })
    }

    /// Lets a level count, in place of one that was chosen before.
    ///
    /// - Parameters:
    ///   - level: The level; nil for the configured one.
    ///   - duration: How long it counts; nil until further notice.
    public func choose(_ level: Logger.Level?, for duration: Duration? = nil) {
        state.withLock { state in
            state.wayBack?.cancel()
            state.wayBack = nil
            if let level { state.plan.choose(level, for: duration, at: elapsed()) } else { state.plan.reset() }
            levels.level = state.plan.level
            if let end = state.plan.endsAt { state.wayBack = makeWayBack(at: end) }
        }
    }

    /// Takes over what a new configuration says.
    ///
    /// - Parameter configured: The level.
    public func follow(configured: Logger.Level) {
        state.withLock { state in
            state.plan.configured = configured
            levels.level = state.plan.level
        }
    }

    /// Ends the way back; the level stays as it is.
    public func close() {
        state.withLock { state in
            state.wayBack?.cancel()
            state.wayBack = nil
        }
    }

    private func makeWayBack(at end: Duration) -> Task<Void, Never> {
        Task { [weak self, sleep] in
            // Cancelled where another setting has taken the place of this one.
            guard (try? await sleep(end)) != nil else { return }
            self?.goBack()
        }
    }

    private func goBack() {
        let plan = state.withLock { state -> LogLevelPlan? in
            guard state.plan.expire(at: elapsed()) else { return nil }
            state.wayBack = nil
            levels.level = state.plan.level
            return state.plan
        }
        if let plan { onReturn(plan) }
    }
}
