import SupervisionTesting
import Synchronization
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct ActionExecutorTests {
    private let clock = ManualClock()
    private let outcomes = AsyncStream.makeStream(of: ActionOutcome.self)

    private func makeExecutor(workers: Int = 2) -> ActionExecutor<ManualClock> {
        var settings = SupervisionSettings()
        settings.actionWorkers = workers
        return ActionExecutor(settings: settings, clock: clock) { [outcomes] _, outcome in
            outcomes.continuation.yield(outcome)
        }
    }

    private func request(
        _ name: String,
        _ operation: @escaping @Sendable () async throws -> Void
    ) -> ActionRequest {
        .example(name) { _ in try await operation() }
    }

    private func slowRequest() -> ActionRequest {
        let clock = self.clock
        return request("slow") { try await clock.sleep(until: Moment(sinceStart: .seconds(3600)), tolerance: nil) }
    }

    private func nextOutcome() async -> ActionOutcome? {
        await outcomes.stream.first { _ in true }
    }

    /// Waits until somebody sleeps on the clock, so that advancing it has an effect.
    private func waitForSleepers(_ count: Int) async {
        while clock.deadlines.count < count { await Task.yield() }
    }

    @Test("an action that returns is a success, one that throws a failure with the error's text")
    func results() async {
        let executor = makeExecutor()
        _ = executor.enqueue(request("good") {})
        #expect(await nextOutcome()?.result == .success)
        _ = executor.enqueue(request("bad") { throw SupervisionError(.childNotDeclared, "it broke") })
        #expect(await nextOutcome()?.result == .failure("it broke"))
        await executor.shutdown()
    }

    @Test("an action is cancelled at its deadline and counted as a timeout")
    func timeout() async {
        let executor = makeExecutor()
        _ = executor.enqueue(slowRequest())
        await waitForSleepers(2)
        clock.advance(by: .seconds(30))
        #expect(await nextOutcome()?.result == .timeout)
        await executor.shutdown()
    }

    @Test("an action that ignores its cancellation is given up after the grace and holds nobody")
    func abandoned() async {
        let executor = makeExecutor(workers: 1)
        let gate = AsyncStream.makeStream(of: Void.self)
        _ = executor.enqueue(
            request("stubborn") {
                // Uncancellable on purpose: waits in a task of its own.
                await Task { for await _ in gate.stream { return } }.value
            })
        await waitForSleepers(1)
        clock.advance(by: .seconds(30))
        while clock.deadlines.first != Moment(sinceStart: .seconds(35)) { await Task.yield() }
        clock.advance(by: .seconds(5))
        #expect(await nextOutcome()?.result == .abandoned)
        _ = executor.enqueue(request("next") {})
        #expect(await nextOutcome()?.result == .success)
        gate.continuation.finish()
        await executor.shutdown()
    }

    @Test("shutdown cancels what runs and refuses what comes")
    func shutdown() async {
        let executor = makeExecutor()
        _ = executor.enqueue(slowRequest())
        await waitForSleepers(2)
        await executor.shutdown()
        #expect(executor.enqueue(request("late") {}) == .shuttingDown)
        guard case .failure = await nextOutcome()?.result else {
            Issue.record("a cancelled action is a failure")
            return
        }
    }
}
