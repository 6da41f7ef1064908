import ProcessControl
import Synchronization

/// The flood limit of one child, for both of its streams and all of its processes.
final class ChildOutputFlood: Sendable {
    private struct State {
        var limiter: FloodLimiter
        var report = FloodReport()
    }

    private let state: Mutex<State>

    init(_ limits: ChildOutputLimits) {
        state = Mutex(State(limiter: FloodLimiter(linesPerSecond: limits.linesPerSecond, burst: limits.burst)))
    }

    /// How many lines may pass.
    func allowance(at now: ContinuousClock.Instant) -> Int {
        state.withLock { $0.limiter.allowance(at: now) }
    }

    /// Takes note of what has passed and what has not.
    ///
    /// - Returns: whether somebody has to begin to take steps.
    func note(_ count: LineCount, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            state.limiter.spend(count.passed)
            return count.dropped > 0 && state.report.note(dropped: count.dropped, at: now)
        }
    }

    /// Says what to do about dropped lines, and counts it as done.
    func step(at now: ContinuousClock.Instant) -> FloodReport.Step {
        state.withLock { $0.report.step(at: now) }
    }

    /// Ends a flood with the process that made it; returns how many dropped lines were not told of.
    func end() -> Int {
        state.withLock { $0.report.end() }
    }
}
