import NIOPosix
import Probes
import Testing

@Suite("TCP prober", .timeLimit(.minutes(1)))
struct TCPProberTests {
    @Test("a port that accepts connections passes")
    func accepted() async throws {
        try await ScriptedServer.run(.silent) { server in
            try await prober(port: server.port).probe(within: .seconds(5))
        }
    }

    @Test("a port without a listener is refused")
    func refused() async throws {
        let closed = try UnansweringPort(.refusing)
        let message = "TCP 127.0.0.1:\(closed.port): connection refused"
        await #expect(throws: ProbeFailure(code: .refused, message: message)) {
            try await prober(port: closed.port).probe(within: .seconds(5))
        }
    }

    @Test("a host without an address is unresolvable")
    func unresolvable() async {
        let prober = TCPProber(host: "host.invalid", port: 1, eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let message = "TCP host.invalid:1: the host host.invalid has no address"
        await #expect(throws: ProbeFailure(code: .unresolvable, message: message)) {
            try await prober.probe(within: .seconds(50))
        }
    }

    @Test("a host that stays silent times out")
    func silent() async throws {
        let full = try UnansweringPort(.silent)
        let message = "TCP 127.0.0.1:\(full.port): timed out after 100 ms"
        await #expect(throws: ProbeFailure(code: .timedOut, message: message)) {
            try await prober(port: full.port).probe(within: .milliseconds(100))
        }
    }

    @Test("cancelling ends a connection attempt at once")
    func cancelled() async throws {
        let full = try UnansweringPort(.silent)
        let task = Task { try await prober(port: full.port).probe(within: .seconds(600)) }
        task.cancel()
        let error = await #expect(throws: ProbeFailure.self) { try await task.value }
        #expect(error?.code == .cancelled)
    }

    private func prober(port: Int) -> TCPProber {
        TCPProber(host: "127.0.0.1", port: port, eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
    }
}
