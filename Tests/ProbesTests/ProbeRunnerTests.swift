import Probes
import Synchronization
import Testing

@Suite("Probe runner", .timeLimit(.minutes(1)))
struct ProbeRunnerTests {
    @Test("the first probe comes after the initial delay, the next ones a period apart")
    func delayAndPeriod() async throws {
        let clock = ManualClock()
        let prober = FakeProber(answers: [nil, Self.refused])
        let configuration = ProbeConfiguration(
            kind: .alive,
            period: .seconds(10),
            failureThreshold: 1,
            initialDelay: .seconds(3)
        )
        try await withRunner(configuration, prober, clock) { outcomes in
            #expect(await clock.nextDeadline() == .seconds(3))
            #expect(prober.calls == 0)
            clock.advance(by: .seconds(3))
            #expect(await outcomes.next() == ProbeOutcome(status: .passing, lastFailure: nil))
            #expect(await clock.nextDeadline() == .seconds(13))
            clock.advance(by: .seconds(10))
            #expect(await outcomes.next() == ProbeOutcome(status: .failing, lastFailure: Self.refused))
            #expect(await clock.nextDeadline() == .seconds(23))
            #expect(prober.calls == 2)
        }
    }

    @Test("a judgement that does not change is reported once")
    func reportsChangesOnly() async throws {
        let clock = ManualClock()
        let prober = FakeProber(answers: [nil, nil, nil, Self.refused])
        try await withRunner(ProbeConfiguration(kind: .alive, failureThreshold: 1), prober, clock) { outcomes in
            #expect(await outcomes.next()?.status == .passing)
            for _ in 1...3 {
                _ = await clock.nextDeadline()
                clock.advance(by: .seconds(10))
            }
            #expect(await outcomes.next()?.status == .failing)
        }
    }

    @Test("a probe that outlasts its period is followed at once, never overtaken")
    func slowProbe() async throws {
        let clock = ManualClock()
        let prober = FakeProber(answers: [nil, Self.refused]) { call in
            if call == 1 { clock.advance(by: .seconds(35)) }
        }
        try await withRunner(ProbeConfiguration(kind: .alive, failureThreshold: 1), prober, clock) { outcomes in
            #expect(await outcomes.next()?.status == .passing)
            #expect(await outcomes.next()?.status == .failing)
            #expect(await clock.nextDeadline() == .seconds(45))
            #expect(prober.calls == 2)
        }
    }

    @Test("cancelling ends a waiting runner")
    func cancelWhileWaiting() async {
        let clock = ManualClock()
        let runner = ProbeRunner(
            configuration: ProbeConfiguration(kind: .alive, initialDelay: .seconds(60)),
            prober: FakeProber(answers: []),
            clock: clock,
            report: { _ in Issue.record("nothing was probed") }
        )
        let task = Task { await runner.run() }
        _ = await clock.nextDeadline()
        task.cancel()
        await task.value
    }

    @Test("cancelling ends a probe under way, and its result is not reported")
    func cancelWhileProbing() async {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let runner = ProbeRunner(
            configuration: ProbeConfiguration(kind: .alive, failureThreshold: 1),
            prober: HangingProber(started: start),
            clock: ManualClock(),
            report: { _ in Issue.record("a withdrawn probe says nothing") }
        )
        let task = Task { await runner.run() }
        for await _ in started { break }
        task.cancel()
        await task.value
    }

    private static let refused = ProbeFailure(code: .refused, message: "connection refused")

    private func withRunner(
        _ configuration: ProbeConfiguration,
        _ prober: FakeProber,
        _ clock: ManualClock,
        _ body: (inout AsyncStream<ProbeOutcome>.Iterator) async throws -> Void
    ) async throws {
        let (outcomes, report) = AsyncStream.makeStream(of: ProbeOutcome.self)
        let runner = ProbeRunner(configuration: configuration, prober: prober, clock: clock) { report.yield($0) }
        let task = Task { await runner.run() }
        var iterator = outcomes.makeAsyncIterator()
        try await body(&iterator)
        task.cancel()
        await task.value
    }
}

/// Answers from a list, and counts.
private final class FakeProber: Prober {
    private let answers: [ProbeFailure?]
    private let onCall: @Sendable (Int) -> Void
    private let count = Mutex(0)

    var calls: Int { count.withLock { $0 } }

    init(answers: [ProbeFailure?], onCall: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.answers = answers
        self.onCall = onCall
    }

    func probe(within timeout: Duration) async throws(ProbeFailure) {
        let call = count.withLock { count in
            count += 1
            return count
        }
        onCall(call)
        if call <= answers.count, let failure = answers[call - 1] { throw failure }
    }
}

/// Answers only when cancelled.
private struct HangingProber: Prober {
    let started: AsyncStream<Void>.Continuation

    func probe(within timeout: Duration) async throws(ProbeFailure) {
        let (never, _continuation) = AsyncStream.makeStream(of: Void.self)
        started.yield()
        for await _ in never {}
        _continuation.finish()
        throw ProbeFailure(code: .cancelled, message: "cancelled")
    }
}
