import Testing

@testable import Workers

@Suite("StartGate", .timeLimit(.minutes(1)))
struct StartGateTests {
    @Test("as many as the limit says come in at once, the next one when somebody has left")
    func limit() async throws {
        let gate = StartGate(limit: 2)
        let first = try await gate.enter()
        _ = try await gate.enter()
        let third = Task { try await gate.enter() }
        gate.leave(first)
        _ = try await third.value
    }

    @Test("a ticket makes room once")
    func once() async throws {
        let gate = StartGate(limit: 1)
        let first = try await gate.enter()
        gate.leave(first)
        gate.leave(first)
        _ = try await gate.enter()
        let waiting = Task { try await gate.enter() }
        gate.leave(first)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test("who gives up waiting takes nobody's place")
    func cancelled() async throws {
        let gate = StartGate(limit: 1)
        let first = try await gate.enter()
        let impatient = Task { try await gate.enter() }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        gate.leave(first)
        _ = try await gate.enter()
    }
}
