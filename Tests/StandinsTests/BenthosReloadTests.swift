import Glibc
import StandinsTesting
import Testing

/// Changes of the configuration while the flow runs with `-w`.
@Suite(
    "benthos: reloads", .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct BenthosReloadTests {
    private static let watching = ["run", "-w", "CONFIG"]

    @Test("after reloads the counters of a lost output say that it is up, and only readiness tells")
    func lost() async throws {
        let stage = Stage("socket_out_lost")
        let peer = try await Peer(stage.port(.socketOutput))
        let program = try stage.start(arguments: Self.watching)
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        stage.configure { $0.replacing("interval: 50ms", with: "interval: 40ms") }
        try await eventually { await stage.counter("output_connection_up") == 2 }
        try await eventually { await stage.get("/ready")?.status == 200 }
        let sent = await stage.counter("output_sent") ?? 0
        let nobody = stage.port(.httpOutput)
        stage.configure { $0.replacing(":\(stage.port(.socketOutput))", with: ":\(nobody)") }
        try await eventually { await stage.counter("output_connection_failed") ?? 0 > 0 }
        #expect(await stage.get("/ready")?.status == 503)
        #expect(await stage.counter("output_connection_up") == 2)
        #expect(await stage.counter("output_connection_lost") == 0)
        #expect(await stage.counter("output_sent") ?? 0 >= sent, "counters survive a reload")
        #expect(program.output.contains("Main config updated, attempting to update pipeline."))
        program.send(SIGKILL)
        #expect(await program.end() == .signalled(SIGKILL))
        await peer.close()
    }

    @Test("a change that the linter refuses leaves the flow as it was")
    func refused() async throws {
        let stage = Stage("startup")
        let program = try stage.start(arguments: Self.watching)
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        stage.configure { $0 + "\nnonsense: 1\n" }
        try await eventually { program.output.contains("Rejecting updated main config due to linter errors") }
        let sent = await stage.counter("output_sent") ?? 0
        try await eventually { await stage.counter("output_sent") ?? 0 > sent }
        #expect(await stage.counter("output_connection_up") == 1)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("a file that cannot be read any more leaves the flow as it was")
    func broken() async throws {
        let stage = Stage("startup")
        let program = try stage.start(arguments: Self.watching)
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        stage.configure { "a: [\n" + $0 }
        try await eventually { program.output.contains("Failed to read updated config") }
        #expect(await stage.get("/ready")?.status == 200)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("the end of its input does not end a watched flow")
    func endOfInput() async throws {
        let stage = Stage("startup")
        let program = try stage.start(
            { $0.replacing("interval: 1s", with: "interval: 1ms\n    count: 3") }, arguments: Self.watching)
        try await eventually { await stage.counter("output_sent") == 3 }
        stage.configure { $0.replacing("interval: 1s", with: "interval: 20ms") }
        try await eventually { await stage.counter("output_sent") ?? 0 > 5 }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }
}
