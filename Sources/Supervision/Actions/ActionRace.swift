import Synchronization

/// Runs one operation against its deadline.
///
/// At the deadline, or when the calling task is cancelled, the operation is cancelled; one that ignores that is given up
/// after the grace, so that it can hold nobody.
struct ActionRace<C: SupervisionClock> {
    let clock: C
    let deadline: Moment
    let grace: Duration

    /// Returns how the operation ended; at the latest at the deadline plus grace.
    func run(_ operation: @escaping @Sendable () async throws -> Void) async -> ActionOutcome.Result {
        let finish = FinishLine()
        let (clock, deadline, grace) = (self.clock, self.deadline, self.grace)
        let work = Task {
            do {
                try await operation()
                finish.cross(.success)
            } catch {
                finish.cross(.failure(String(describing: error)))
            }
        }
        let wait = WakeableSleep(clock: clock)
        let timer = Task {
            await wait.sleep(until: deadline)
            guard !Task.isCancelled else { return }
            if clock.now >= deadline { finish.expire() }
            work.cancel()
            // Cancellation means that the operation has ended.
            guard (try? await clock.sleep(until: clock.now.advanced(by: grace), tolerance: nil)) != nil else { return }
            finish.cross(.abandoned)
        }
        let result = await withTaskCancellationHandler {
            await finish.result()
        } onCancel: {
            wait.wake()
        }
        timer.cancel()
        await timer.value
        return result
    }
}

/// Where an operation and its timers meet: the first to arrive decides the result.
private final class FinishLine: Sendable {
    private struct State {
        var hasExpired = false
        var result: ActionOutcome.Result?
        var waiter: CheckedContinuation<ActionOutcome.Result, Never>?
    }

    private let state = Mutex(State())

    /// Notes that the deadline has passed: whatever the operation still says, it timed out.
    func expire() {
        state.withLock { $0.hasExpired = true }
    }

    func cross(_ result: ActionOutcome.Result) {
        let (waiter, first) = state.withLock { state in
            guard state.result == nil else { return (state.waiter.take(), result) }
            let first = state.hasExpired && result != .abandoned ? .timeout : result
            state.result = first
            return (state.waiter.take(), first)
        }
        waiter?.resume(returning: first)
    }

    func result() async -> ActionOutcome.Result {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state in
                if state.result == nil { state.waiter = continuation }
                return state.result
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}
