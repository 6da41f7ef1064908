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
        let (clock, deadline, grace) = (self.clock, self.deadline, self.grace)
        // Holds the first result: whoever comes second is too late.
        let results = AsyncStream.makeStream(of: ActionOutcome.Result.self, bufferingPolicy: .bufferingOldest(1))
        let work = Task {
            var result = ActionOutcome.Result.success
            do { try await operation() } catch { result = .failure(String(describing: error)) }
            // Whatever an operation says after its deadline, it timed out.
            results.continuation.yield(clock.now >= deadline ? .timeout : result)
        }
        let wait = WakeableSleep(clock: clock)
        let timer = Task {
            await wait.sleep(until: deadline)
            guard !Task.isCancelled else { return }
            work.cancel()
            // Cancellation means that the operation has ended.
            guard (try? await clock.sleep(until: clock.now.advanced(by: grace), tolerance: nil)) != nil else { return }
            results.continuation.yield(.abandoned)
        }
        // Waited for in a task of its own: when this one is cancelled, the operation still has its grace.
        let first = Task { await results.stream.first { _ in true } }
        let result = await withTaskCancellationHandler {
            await first.value ?? .abandoned
        } onCancel: {
            wait.wake()
        }
        timer.cancel()
        await timer.value
        return result
    }
}
