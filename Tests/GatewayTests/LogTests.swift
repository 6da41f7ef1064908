import Glibc
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: log", .timeLimit(.minutes(2)))
struct LogTests {
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    private static let plant = """
        agent: {name: box}
        processes: [{name: broker, command: [sleep, "100000"]}]
        """

    @Test("the level changes while the gateway runs, and goes back by itself")
    func level() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        try await gateway.waitUntilReady("box/broker")
        #expect(try await run(gateway, "log-level").text(.stdout) == "info (as configured)")
        let set = try await run(gateway, "log-level", "debug", "--for", "2s")
        #expect(set.text(.stdout).hasPrefix("debug for another "))
        #expect(set.text(.stdout).hasSuffix(" s, then info (as configured)"))
        let command = try await gateway.waitForLog { $0.msg == "Operator command" }
        #expect(command.fields["log_level"] == "debug")
        #expect(command.fields["duration_ms"] == 2000)
        _ = try await run(gateway, "restart", "broker")
        try await gateway.waitForLog { $0.level == "debug" && $0.msg == "Action enqueued for execution" }
        let back = try await gateway.waitForLog { $0.msg == "Log level is as configured again" }
        #expect(back.fields["log_level"] == "info")
        #expect(try await run(gateway, "log-level", "error").text(.stdout) == "error (configured: info)")
        #expect(try await run(gateway, "log-level", "configured").text(.stdout) == "info (as configured)")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a level that does not exist is refused with those that do", arguments: [["warn"], ["--for", "10m"]])
    func wrongLevel(_ arguments: [String]) async throws {
        let result = try await Program.run(Binaries.gateway, ["log-level"] + arguments)
        #expect(result.status == .exited(code: 64))
        #expect(
            result.text(.stderr).contains(arguments == ["warn"] ? "warning, error, critical" : "--for needs a level"))
    }

    @Test("a child's repeated warning is folded, counted, and told of at the end at the latest")
    func folding() async throws {
        let go = directory.path.appending("go").string
        mkfifo(go, 0o600)
        let gateway = try await RunningGateway.start(
            """
            agent: {name: box}
            logging: {foldWindow: 1h}
            processes:
              - name: chatty
                command: [sh, -c, 'read x <go; for i in 1 2 3 4 5; do echo "level=warn msg=again n=7"; done; echo last; exec sleep 100000']
                workingDirectory: \(directory.path)
            """,
            in: directory
        )
        let base = try await gateway.waitForAddress()
        // Opens as soon as the child does; what it says before the gateway has started would be gone.
        close(open(go, O_WRONLY | O_CLOEXEC))
        try await gateway.waitForLog { $0.msg == "Child output" && $0.line == "again" && $0.fields["repeated"] == nil }
        try await gateway.waitForLog { $0.msg == "Child output" && $0.line == "last" }
        let metrics = try await fetch(base + "/metrics").body
        #expect(metrics.contains("gatewarden_log_lines_folded_total 0\n"))
        gateway.askToStop()
        let summary = try await gateway.waitForLog { $0.line == "again" }
        #expect(summary.fields["repeated"] == 3)
        #expect(await gateway.waitForEnd() == .exited(code: 0))
    }

    @Test("lines for the journal's stream have their priority before them")
    func priorities() async throws {
        let file = try directory.write(
            "gateway.yaml",
            """
            logging: {output: prefixed, level: debug}
            processes: [{name: end, command: [sh, -c, "kill -TERM $PPID; exec sleep 100000"]}]
            """
        )
        let result = try await Program.run(
            Binaries.gateway, ["run", "--config", file.string] + RunningGateway.directories(directory.path))
        #expect(result.status == .exited(code: 0))
        let lines = result.output.filter { $0.stream == .stderr }.map(\.text)
        #expect(lines.contains { $0.hasPrefix("<5>{") && $0.contains("Gateway started") })
        #expect(lines.contains { $0.hasPrefix("<7>{") })
        #expect(lines.allSatisfy { $0.first == "<" })
    }
}
