import Glibc
import Testing

/// Starts, signals, ends.
@Suite("benthos: life and death", .timeLimit(.minutes(2)))
struct BenthosLifeTests {
    @Test(
        "a stop signal ends a healthy flow with exit 0",
        arguments: [
            ("sig_sigint", SIGINT), ("startup", SIGTERM), ("json_no_timestamp", SIGTERM), ("debug_level", SIGTERM),
        ])
    func stops(_ name: String, _ signal: Int32) async throws {
        let stage = try await Stage(name)
        let program = try await running(stage)
        program.send(signal)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a hang-up kills the flow without a word", arguments: ["sig_sighup", "sig_sighup_logfmt"])
    func hangUp(_ name: String) async throws {
        let stage = try await Stage(name)
        let program = try await running(stage)
        program.send(SIGHUP)
        #expect(await program.end() == .signalled(SIGHUP))
        try stage.expectLog(program)
    }

    @Test("a hang-up that was ignored from the start stays ignored")
    func ignoredHangUp() async throws {
        let stage = try await Stage("nohup_sighup")
        let program = try await running(stage, ignoring: SIGHUP)
        program.send(SIGHUP)
        #expect(await stage.get("/ping")?.body == "pong")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("a quit ends with exit 2 and a dump of the goroutines")
    func quit() async throws {
        let stage = try await Stage("sig_sigquit")
        let program = try await running(stage)
        program.send(SIGQUIT)
        #expect(await program.end() == .exited(2))
        #expect(program.errors.hasPrefix("SIGQUIT: quit\nPC=0x"))
        #expect(program.errors.contains("\ngoroutine 1 "))
    }

    @Test("other signals are survived", arguments: [SIGPIPE, SIGUSR1, SIGUSR2])
    func survived(_ signal: Int32) async throws {
        let stage = try await Stage("sig_sigusr1")
        let program = try await running(stage)
        program.send(signal)
        #expect(await stage.get("/ping")?.body == "pong")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test(
        "a blocked output delays the stop, a second signal changes nothing, and the exit code is 0",
        arguments: [
            "shutdown_blocked_0s", "shutdown_blocked_3s",
        ])
    func blocked(_ name: String) async throws {
        let stage = try await Stage(name)
        let program = try stage.start()
        try await eventually { program.output.contains("Failed to connect to socket") }
        program.send(SIGTERM)
        program.send(SIGTERM)
        try await eventually { program.output.contains("Received SIGTERM") }
        if name.hasSuffix("3s") {
            #expect(await stage.get("/ping")?.body == "pong", "HTTP stays up while it drains")
        }
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a shutdown delay is announced")
    func delayed() async throws {
        let stage = try await Stage("shutdown_delay")
        let program = try await running(stage)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("a flow whose port is taken goes on without HTTP")
    func portInUse() async throws {
        let stage = try await Stage("port_in_use")
        let other = try await Peer(stage.port(.http))
        let program = try stage.start()
        try await eventually { program.output.contains("address already in use") }
        try await eventually { program.output.contains("Output type drop is now active") }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
        await other.close()
    }

    @Test("a finite input is a completed flow", arguments: ["finite", "file_in_eof"])
    func completed(_ name: String) async throws {
        let stage = try await Stage(name)
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
        let stage = try await Stage(name)
        let program = try stage.start()
        try await eventually { program.log.split(separator: "\n").filter { $0.contains("Failed to ") }.count > 1 }
        try await eventually { program.log.contains("Output type") }
        program.send(SIGKILL)
        #expect(await program.end() == .signalled(SIGKILL))
        try stage.expectLog(program)
    }

    @Test("a flow without HTTP runs without it")
    func withoutHTTP() async throws {
        let stage = try await Stage("http_disabled")
        let program = try stage.start()
        try await eventually { program.output.contains("Output type drop is now active") }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("the other command lines start the same flow", arguments: [["-c", "CONFIG"], ["run", "CONFIG"]])
    func commandLines(_ arguments: [String]) async throws {
        let stage = try await Stage("root_c_flag")
        let program = try stage.start(arguments: arguments)
        try await stage.waitForServer()
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    private func running(_ stage: Stage, ignoring: Int32? = nil) async throws -> RunningProgram {
        let program = try stage.start(ignoring: ignoring)
        try await eventually { program.output.contains("Output type drop is now active") }
        try await stage.waitForServer()
        return program
    }
}
