import Gateway
import Glibc
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: lifecycle", .timeLimit(.minutes(2)))
struct LifecycleTests {
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    private static let plant = """
        agent: {name: box}
        processes:
          - {name: flow, command: [sleep, "100000"], dependsOn: [broker]}
          - {name: broker, command: [sleep, "100000"]}
          - {name: connection, group: press-1, command: [sleep, "100000"], dependsOn: [broker]}
          - {name: dfc_read, group: press-1, command: [sleep, "100000"], dependsOn: [connection]}
        """

    private static let paths = ["box/flow", "box/broker", "box/press-1/connection", "box/press-1/dfc_read"]

    @Test("children start in the order of their dependencies and stop in the reverse, the gateway exits with 0")
    func order() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        var started: [String] = []
        while started.count < 4 {
            started.append(try #require(try await gateway.waitForLog { $0.msg == "Process started" }.path))
        }
        #expect(started.first == "box/broker")
        #expect(
            try #require(started.firstIndex(of: "box/press-1/connection"))
                < #require(started.firstIndex(of: "box/press-1/dfc_read"))
        )
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box" }
        let status = try await gateway.control.status()
        let pids = Self.pids(status.root)
        #expect(pids.count == 4)
        #expect(await gateway.stop() == .exited(code: 0))
        for pid in pids.values { #expect(!ProcessList.isRunning(pid)) }
        #expect(try await Program.run("/bin/ls", [gateway.runDirectory.appending("children").string]).output.isEmpty)
    }

    @Test("a killed child is replaced, its siblings keep their pids")
    func killedChild() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box" }
        for path in Self.paths {
            let before = Self.pids(try await gateway.control.status().root)
            let victim = try #require(before[path])
            #expect(kill(victim, SIGKILL) == 0)
            let replacement = try await gateway.waitForLog { $0.msg == "Process started" && $0.path == path }
            try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == path }
            var expected = before
            expected[path] = replacement.pid
            #expect(replacement.pid != victim)
            #expect(Self.pids(try await gateway.control.status().root) == expected)
        }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a child that ignores SIGTERM is killed after its stop timeout")
    func stubbornChild() async throws {
        let configuration = """
            processes:
              - name: stubborn
                command: [sh, -c, "trap '' TERM; echo armed; while :; do sleep 1000; done"]
                stopTimeout: 200ms
            """
        let gateway = try await RunningGateway.start(configuration, in: directory)
        var pid: Int32?
        var isArmed = false
        // A child may have written before the news of its start are out.
        while pid == nil || !isArmed {
            let line = try await gateway.waitForLog { $0.msg == "Process started" || $0.line == "armed" }
            if line.line == nil { pid = line.pid } else { isArmed = true }
        }
        #expect(await gateway.stop() == .exited(code: 0))
        #expect(!ProcessList.isRunning(try #require(pid)))
    }

    @Test("what a killed gateway has left behind is ended by the next one before it starts its own")
    func killedGateway() async throws {
        let marker = "1000\(getpid())"
        let configuration = """
            processes:
              - {name: one, command: [sleep, "\(marker)"]}
              - {name: two, command: [sh, -c, "sleep \(marker) & wait"]}
            """
        let first = try await RunningGateway.start(configuration, in: directory)
        let before = try await first.waitUntilReady("gateway/one", "gateway/two")
        await first.kill()
        let second = try await RunningGateway.start(configuration, in: directory)
        try await second.waitForLog { $0.msg == "Stray child of an earlier gateway" }
        try await second.waitUntilReady("gateway/one", "gateway/two")
        for pid in before.values { #expect(!ProcessList.isRunning(pid)) }
        let after = Self.pids(try await second.control.status().root)
        #expect(after.count == 2)
        #expect(await second.stop() == .exited(code: 0))
        #expect(ProcessList.count(mentioning: marker) == 0)
    }

    @Test("a grandchild that left its session does not outlive the gateway")
    func escapedGrandchild() async throws {
        let marker = "2000\(getpid())"
        let configuration = """
            processes:
              - {name: parent, command: [sh, -c, "setsid sh -c 'echo away; exec sleep \(marker)' & exec sleep 100000"]}
            """
        let gateway = try await RunningGateway.start(configuration, in: directory)
        try await gateway.waitForLog { $0.line == "away" }
        #expect(ProcessList.count(mentioning: marker) > 0)
        #expect(await gateway.stop() == .exited(code: 0))
        #expect(ProcessList.count(mentioning: marker) == 0)
    }

    @Test("a second gateway on the same directories is refused and told who runs there")
    func secondGateway() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        _ = try await gateway.waitForAddress()
        let file = directory.path.appending("gateway.yaml").string
        let second = try await Program.run(
            Binaries.gateway,
            ["run", "--config", file] + RunningGateway.directories(directory.path)
        )
        #expect(second.status == .exited(code: ExitStatus.notAvailable.rawValue))
        #expect(second.text(.stderr).contains("pid \(gateway.process.pid)"))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a crash loop is restarted at once the first time, then after a backoff")
    func crashLoop() async throws {
        let configuration = """
            processes:
              - {name: loop, command: [sh, -c, "exit 3"], restart: {initialDelay: 100ms, maximumDelay: 200ms}}
            """
        let gateway = try await RunningGateway.start(configuration, in: directory, arguments: ["--log-level", "debug"])
        // The news of a start come after the action and may so come after those of the end: the order of starts and
        // backoffs is what counts.
        var starts = 0
        try await gateway.waitForLog { $0.msg == "Action enqueued for execution" }
        while true {
            let line = try await gateway.waitForLog { $0.msg == "Action completed" || $0.state == "backoff" }
            if line.state == "backoff" { break }
            starts += 1
        }
        #expect(starts == 2)
        try await gateway.waitForLog { $0.msg == "Process started" }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a process that completed by its policy stays completed")
    func completed() async throws {
        let configuration = """
            processes:
              - {name: job, command: ["true"], restart: {policy: onFailure}}
            """
        let gateway = try await RunningGateway.start(configuration, in: directory)
        try await gateway.waitForLog { $0.msg == "State changed" && $0.state == "completed" }
        let job = try #require(try await gateway.control.status().root.children.first)
        #expect(job.state == "completed")
        #expect(job.reason == "ended with exit code 0")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    private static func pids(_ node: NodeStatus) -> [String: Int32] {
        var pids: [String: Int32] = [:]
        if let pid = node.pid { pids[node.identity.path] = pid }
        for child in node.children { pids.merge(Self.pids(child)) { first, _ in first } }
        return pids
    }
}
