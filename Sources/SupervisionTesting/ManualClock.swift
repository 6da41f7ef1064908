public import Supervision
import Synchronization

/// A clock that stands still until a test advances it.
public final class ManualClock: SupervisionClock {
    private struct Sleeper {
        let deadline: Moment
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Moment.start
        var lastToken = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    /// Creates a clock that shows ``Moment/start``.
    public init() {}

    /// The current moment.
    public var now: Moment {
        state.withLock { $0.now }
    }

    /// The smallest step that the clock can tell apart.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// The deadlines of all that sleep, earliest first.
    public var deadlines: [Moment] {
        state.withLock { $0.sleepers.values.map(\.deadline).sorted() }
    }

    /// Moves the time on and wakes all whose deadline has come.
    ///
    /// - Parameter duration: by how much.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for token in due.keys { state.sleepers[token] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Suspends the task until the deadline; throws when it is cancelled.
    public func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        let token = state.withLock { state in
            state.lastToken += 1
            return state.lastToken
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let immediate = state.withLock { state -> Result<Void, any Error>? in
                    if state.cancelled.remove(token) != nil { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers[token] = Sleeper(deadline: deadline, continuation: continuation)
                    return nil
                }
                if let immediate { continuation.resume(with: immediate) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: token)
                if sleeper == nil { state.cancelled.insert(token) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
        state.withLock { _ = $0.cancelled.remove(token) }
    }
}
