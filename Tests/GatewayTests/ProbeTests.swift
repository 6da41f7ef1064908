import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: probes", .timeLimit(.minutes(2)))
struct ProbeTests {
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    @Test("lines and commands tell that a process has started, is ready, and must be replaced")
    func linesAndCommands() async throws {
        let (gate, ready) = (directory.path.appending("gate"), directory.path.appending("ready"))
        #expect(mkfifo(gate.string, 0o600) == 0)
        try directory.write("work.sh", "echo Started work\nread -r word < '\(gate)'\necho $word\nexec sleep 100000\n")
        let configuration = """
            processes:
              - name: work
                command: [sh, "\(directory.path)/work.sh"]
                restart: {initialDelay: 10ms, maximumDelay: 20ms}
                probes:
                  startup: {log: {contains: Started work}, period: 50ms, failureThreshold: 1000}
                  readiness: {exec: {command: [ls, "\(ready)"]}, period: 50ms, timeout: 30s, failureThreshold: 1000}
                  liveness: {log: {contains: Started, failsOn: FATAL}, period: 50ms, failureThreshold: 1}
            """
        let gateway = try await RunningGateway.start(configuration, in: directory)
        let first = try await gateway.waitForLog { $0.msg == "Process started" }
        try directory.write("ready", "")
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "gateway/work" }
        let said = try await Program.run("/bin/sh", ["-c", "echo FATAL > '\(gate)'"])
        #expect(said.status == .exited(code: 0))
        let second = try await gateway.waitForLog { $0.msg == "Process started" }
        #expect(second.pid != first.pid)
        // What the one before has written counts no more.
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "gateway/work" }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("the command of a probe that a killed gateway has left behind is ended by the next one")
    func killedGateway() async throws {
        let marker = "3000\(getpid())"
        let pipe = directory.path.appending("pid")
        #expect(mkfifo(pipe.string, 0o600) == 0)
        let configuration = """
            processes:
              - name: work
                command: [sleep, "100000"]
                probes:
                  readiness:
                    exec: {command: [sh, -c, "echo $$ > '\(pipe)'; exec sleep \(marker)"]}
                    timeout: 600s
            """
        let first = try await RunningGateway.start(configuration, in: directory)
        let said = try await Program.run("/bin/cat", [pipe.string]).text(.stdout)
        let pid = try #require(Int32(said.filter { !$0.isWhitespace }))
        await first.kill()
        #expect(ProcessList.isRunning(pid))
        let second = try await RunningGateway.start(configuration, in: directory)
        try await second.waitForLog {
            $0.msg == "Stray child of an earlier gateway" && $0.path == "gateway/work#probe"
        }
        #expect(!ProcessList.isRunning(pid))
        _ = try await Program.run("/bin/cat", [pipe.string])
        #expect(await second.stop() == .exited(code: 0))
        #expect(ProcessList.count(mentioning: marker) == 0)
    }
}
