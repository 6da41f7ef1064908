import Glibc
import StandinsTesting
import Testing

/// How a flow stops that still has work under way.
@Suite(
    "benthos: stopping with work under way",
    .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct BenthosStopTests {
    @Test(
        "a blocked output delays the stop, a second signal changes nothing, and the exit code is 0",
        arguments: ["shutdown_blocked_0s", "shutdown_blocked_3s", "shutdown_blocked_8s"])
    func blocked(_ name: String) async throws {
        let stage = Stage(name)
        let program = try stage.start()
        try await eventually { program.output.contains("Failed to connect to socket") }
        try await eventually { program.output.contains("Input type generate is now active") }
        program.send(SIGTERM)
        program.send(SIGTERM)
        try await eventually { program.output.contains("Received SIGTERM") }
        // The others may be over before a busy machine gets to ask.
        if name.hasSuffix("8s") {
            #expect(await stage.get("/ping")?.body == "pong", "HTTP stays up while it drains")
        }
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a blocked output holds the stop for as long as it may")
    func longBlocked() async throws {
        let stage = Stage("shutdown_blocked_8s")
        let program = try stage.start { $0.replacing("shutdown_timeout: 8s", with: "shutdown_timeout: 2h") }
        try await eventually { program.output.contains("Failed to connect to socket") }
        program.send(SIGTERM)
        try await eventually { program.output.contains("Received SIGTERM") }
        let failed = await stage.counter("output_connection_failed") ?? 0
        program.send(SIGTERM)
        try await eventually { await stage.counter("output_connection_failed") ?? 0 > failed }
        #expect(await stage.get("/ready")?.status == 503)
        await program.kill()
    }

    @Test("without a configured limit it is that of the program itself")
    func defaultLimit() async throws {
        let stage = Stage("shutdown_default_timeout_lost")
        let peer = try await Peer(stage.port(.socketOutput))
        let program = try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        await peer.close()
        try await eventually { await stage.counter("output_connection_failed") ?? 0 > 0 }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test(
        "a processor that does not come to an end is given up",
        arguments: ["shutdown_slowproc", "shutdown_subprocess"])
    func slowProcessor(_ name: String) async throws {
        let stage = Stage(name)
        let program = try stage.start()
        try await eventually { await stage.counter("processor_received") ?? 0 > 0 }
        try await eventually { program.output.contains("Output type drop is now active") }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a shutdown delay is announced")
    func delayed() async throws {
        let stage = Stage("shutdown_delay")
        let program = try await stage.running()
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a stuck output resource ends with a dump of the goroutines, and with exit 0")
    func stuckResource() async throws {
        let stage = Stage("shutdown_blocked_3s")
        let program = try stage.start { text in
            text.replacing(
                "output:\n  label: out\n", with: "output:\n  resource: out\noutput_resources:\n- label: out\n")
        }
        try await eventually { program.output.contains("Failed to connect to socket") }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        #expect(program.output.contains("Service failed to close resources cleanly within allocated time"))
        #expect(program.errors.hasPrefix("goroutine profile: total "))
    }
}
