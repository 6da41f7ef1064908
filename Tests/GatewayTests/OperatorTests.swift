import Gateway
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: operators", .timeLimit(.minutes(2)))
struct OperatorTests {
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    private static let plant = """
        agent: {name: box}
        processes:
          - {name: broker, command: [sh, -c, "echo up; echo odd >&2; exec sleep 100000"]}
          - {name: read, group: press-1, command: [sleep, "100000"], limits: {memory: 64M}}
          - {name: read, group: press-2, command: [sleep, "100000"]}
        """

    @Test("all pages answer, and promtool has nothing to say about the metrics")
    func pages() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        let base = try await gateway.waitForAddress()
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box" }
        #expect(try await fetch(base + "/healthz").status == 200)
        #expect(try await fetch(base + "/readyz") == (200, #"{"reasons":[],"status":"ready"}"#))
        #expect(try await fetch(base + "/version").body.contains(GatewayVersion.current))
        let metrics = try await fetch(base + "/metrics").body
        for family in Self.families { #expect(metrics.contains("# TYPE \(family)\n"), "\(family)") }
        #expect(metrics.contains(#"gatewarden_child_up{child="box/broker"} 1"#))
        #expect(metrics.contains(#"supervisor_circuit_breaker_open{supervisor="box/press-1"} 0"#))
        let limits = metrics.split(separator: "\n").filter { $0.hasPrefix("gatewarden_child_memory_limit_bytes{") }
        #expect(limits == [#"gatewarden_child_memory_limit_bytes{child="box/press-1/read"} 67108864"#])
        let file = try directory.write("metrics.txt", metrics)
        let check = try await Program.run("/bin/sh", ["-c", "promtool check metrics < \(file)"])
        #expect(check.status == .exited(code: 0))
        #expect(check.text(.stdout) + check.text(.stderr) == "")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    private static let families = [
        "supervisor_circuit_breaker_open gauge",
        "supervisor_infrastructure_check_failures_total counter",
        "supervisor_circuit_breaker_recoveries_total counter",
        "supervisor_escalations_total counter",
        "supervisor_actions_enqueued_total counter",
        "supervisor_actions_completed_total counter",
        "supervisor_action_duration_seconds histogram",
        "supervisor_actions_during_circuit_total counter",
        "supervisor_action_post_circuit_duration_seconds histogram",
        "gatewarden_supervisor_restarts_total counter",
        "gatewarden_supervisor_reconciles_total counter",
        "gatewarden_supervisor_tree_depth gauge",
        "gatewarden_worker_errors_total counter",
        "gatewarden_collector_restarts_total counter",
        "gatewarden_collector_stale gauge",
        "gatewarden_supervisor_tick_delay_seconds histogram",
        "gatewarden_supervisor_tick_age_seconds gauge",
        "gatewarden_clock_synchronized gauge",
        "gatewarden_clock_jumps_total counter",
        "gatewarden_metrics_refusals_total counter",
        "gatewarden_log_lines_folded_total counter",
        "gatewarden_build_info gauge",
        "process_cpu_seconds_total counter",
        "process_resident_memory_bytes gauge",
        "process_open_fds gauge",
        "process_start_time_seconds gauge",
    ]

    @Test("what happens to a child shows in its metrics")
    func childMetrics() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        let base = try await gateway.waitForAddress()
        let pids = try await gateway.waitUntilReady("box/broker")
        #expect(
            try await Program.run("/bin/sh", ["-c", "kill -9 \(pids["box/broker"] ?? 0)"]).status == .exited(code: 0))
        try await gateway.waitForLog { $0.msg == "Process started" && $0.path == "box/broker" }
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box/broker" }
        let metrics = try await fetch(base + "/metrics").body
        #expect(metrics.contains(#"gatewarden_child_restarts_total{child="box/broker"} 1"#))
        #expect(metrics.contains(#"gatewarden_child_exits_total{child="box/broker",reason="signal"} 1"#))
        #expect(
            metrics.contains(#"gatewarden_child_state{child="box/broker",state="running",worker_type="process"} 1"#))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("the command line shows the tree, the lines of a child, and the JSON form")
    func commandLine() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box" }
        let status = try await run(gateway, "status")
        #expect(status.text(.stdout).contains("  broker"))
        #expect(status.text(.stdout).contains("  press-2"))
        let json = try await run(gateway, "status", "--json")
        #expect(json.text(.stdout).contains(#""path" : "box/press-1/read""#))
        let logs = try await run(gateway, "logs", "broker").text(.stdout)
        #expect(logs.contains(" stdout up") && logs.contains(" stderr odd"))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a child is stopped, started and restarted on request, and named without doubt")
    func verbs() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        let pids = try await gateway.waitUntilReady("box/press-1/read", "box/press-2/read", "box/broker")
        #expect(try await run(gateway, "stop", "press-1/read").status == .exited(code: 0))
        try await gateway.waitForLog { $0.state == "stopped" && $0.path == "box/press-1/read" }
        #expect(try await run(gateway, "start", "press-1/read").status == .exited(code: 0))
        try await gateway.waitUntilReady("box/press-1/read")
        #expect(try await run(gateway, "restart", "broker").status == .exited(code: 0))
        let restarted = try await gateway.waitUntilReady("box/broker")
        #expect(restarted["box/broker"] != pids["box/broker"])
        let doubtful = try await run(gateway, "stop", "read")
        #expect(doubtful.status == .exited(code: 1))
        #expect(doubtful.text(.stderr).contains("box/press-1/read, box/press-2/read"))
        let unknown = try await run(gateway, "stop", "brocker")
        #expect(unknown.status == .exited(code: 1))
        #expect(unknown.text(.stderr).contains("box/broker"))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("the whole tree is restarted, stopped and started by the name of its root")
    func wholeTree() async throws {
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        let base = try await gateway.waitForAddress()
        let paths = ["box/broker", "box/press-1/read", "box/press-2/read"]
        let before = try await gateway.waitUntilReady(paths[0], paths[1], paths[2], "box")
        #expect(try await run(gateway, "restart", "box").status == .exited(code: 0))
        let after = try await gateway.waitUntilReady(paths[0], paths[1], paths[2], "box")
        for path in paths { #expect(after[path] != before[path], "\(path)") }
        #expect(try await run(gateway, "stop", "box").status == .exited(code: 0))
        try await gateway.waitForLog { $0.state == "stopped" && $0.path == "box" }
        let readiness = try await fetch(base + "/readyz")
        #expect(readiness.status == 503)
        #expect(
            readiness.body
                == #"{"reasons":[{"path":"box","reason":"stopped by an operator"}],"status":"degraded"}"#)
        #expect(try await run(gateway, "start", "box").status == .exited(code: 0))
        try await gateway.waitUntilReady(paths[0], paths[1], paths[2], "box")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("where no gateway runs, every verb says so and exits with 3")
    func noGateway() async throws {
        let arguments = ["status", "--run-dir", directory.path.appending("nowhere").string]
        let status = try await Program.run(Binaries.gateway, arguments)
        #expect(status.status == .exited(code: ExitStatus.notAvailable.rawValue))
        #expect(status.text(.stderr).contains("no gateway is running"))
    }
}
