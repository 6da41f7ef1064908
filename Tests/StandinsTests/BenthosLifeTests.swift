import Glibc
import StandinsTesting
import Testing

/// Starts, signals, ends.
@Suite(
    "benthos: life and death", .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct BenthosLifeTests {
    @Test(
        "a stop signal ends a healthy flow with exit 0",
        arguments: [
            ("sig_sigint", SIGINT), ("startup", SIGTERM), ("json_no_timestamp", SIGTERM), ("debug_level", SIGTERM),
        ])
    func stops(_ name: String, _ signal: Int32) async throws {
        let stage = Stage(name)
        let program = try await stage.running()
        program.send(signal)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a hang-up kills the flow without a word", arguments: ["sig_sighup", "sig_sighup_logfmt"])
    func hangUp(_ name: String) async throws {
        let stage = Stage(name)
        let program = try await stage.running()
        program.send(SIGHUP)
        #expect(await program.end() == .signalled(SIGHUP))
        try stage.expectLog(program)
    }

    @Test("a hang-up that was ignored from the start stays ignored")
    func ignoredHangUp() async throws {
        let stage = Stage("nohup_sighup")
        let program = try await stage.running(ignoring: SIGHUP)
        program.send(SIGHUP)
        #expect(await stage.get("/ping")?.body == "pong")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("a quit ends with exit 2 and a dump of the goroutines")
    func quit() async throws {
        let stage = Stage("sig_sigquit")
        let program = try await stage.running()
        program.send(SIGQUIT)
        #expect(await program.end() == .exited(2))
        #expect(program.errors.hasPrefix("SIGQUIT: quit\nPC=0x"))
        #expect(program.errors.contains("\ngoroutine 1 "))
    }

    @Test(
        "other signals are survived",
        arguments: [("sig_sigpipe", SIGPIPE), ("sig_sigusr1", SIGUSR1), ("sig_sigusr2", SIGUSR2)])
    func survived(_ name: String, _ signal: Int32) async throws {
        let stage = Stage(name)
        let program = try await stage.running()
        program.send(signal)
        #expect(await stage.get("/ping")?.body == "pong")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("a flow whose port is taken goes on without HTTP, and a stale one answers in its place")
    func portInUse() async throws {
        let stale = Stage("sig_sigint")
        let other = try await stale.running()
        let stage = Stage("port_in_use")
        let program = try stage.start {
            $0.replacing(":\(stage.port(.http))", with: ":\(stale.port(.http))")
        }
        try await eventually { program.output.contains("address already in use") }
        try await eventually { program.output.contains("Output type drop is now active") }
        try await eventually { program.output.contains("Input type generate is now active") }
        #expect(await stale.get("/ready")?.status == 200)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program) { $0.contains(":\(stale.port(.http))") || $0.contains(":14195") }
        #expect(await stale.get("/ready")?.status == 200)
        other.send(SIGTERM)
        #expect(await other.end() == .exited(0))
    }

    @Test("without a configuration a flow goes from standard input to standard output, on every interface")
    func withoutConfiguration() async throws {
        let stage = Stage("bad_no_config")
        let program = try stage.start(input: stage.folder.write("in.txt", "a\nb\n"), arguments: [])
        #expect(await program.end() == .exited(0))
        #expect(program.output == "a\nb\n")
        let said = Normal.lines(program.errors).filter { !$0.contains("HTTP Server error") }
        // The port is a fixed one, so it may be taken on the machine that runs the test; the flow goes on all the same.
        #expect(said == Normal.lines(try stage.fixture.text("stderr.log")))
        #expect(said.contains { $0.contains("http://0.0.0.0:4195") })
    }

    @Test("a kill leaves no word")
    func killed() async throws {
        let stage = Stage("sig_sigkill")
        let program = try await stage.running()
        program.send(SIGKILL)
        #expect(await program.end() == .signalled(SIGKILL))
        try stage.expectLog(program)
    }

    @Test(
        "the other names and command lines start the same flow",
        arguments: [
            (Program.benthos, ["-c", "CONFIG"]), (.benthos, ["run", "CONFIG"]), (.redpandaConnect, ["run", "CONFIG"]),
            (.rpkConnect, ["run", "CONFIG"]),
        ].filter { $0.0.isThere })
    func commandLines(_ program: Program, _ arguments: [String]) async throws {
        let stage = Stage("root_c_flag")
        let program = try stage.start(by: program, arguments: arguments)
        try await stage.waitForServer()
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("a finite input is a completed flow", arguments: ["finite", "file_in_eof"])
    func completed(_ name: String) async throws {
        let stage = Stage(name)
        stage.folder.write("in.jsonl", "{\"a\":1}\n{\"a\":2}\n")
        let program = try stage.start()
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test(
        "a file that is missing, or a folder that cannot be made, is tried again for ever",
        arguments: [
            "file_in_missing", "bad_bad_file_dir",
        ])
    func retried(_ name: String) async throws {
        let stage = Stage(name)
        let program = try stage.start()
        try await eventually { program.log.split(separator: "\n").filter { $0.contains("Failed to ") }.count > 1 }
        try await eventually { program.log.contains("Output type") }
        program.send(SIGKILL)
        #expect(await program.end() == .signalled(SIGKILL))
        try stage.expectLog(program)
    }

    @Test("a flow without HTTP runs without it")
    func withoutHTTP() async throws {
        let stage = Stage("http_disabled")
        let program = try stage.start()
        try await eventually { program.output.contains("Output type drop is now active") }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }
}
