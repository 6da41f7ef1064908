import Glibc
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite(
    "Gateway: incidents",
    .timeLimit(.minutes(2)),
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
)
struct IncidentTests {
    private static let opened = "Infrastructure check failed, opening circuit breaker"
    private static let retrying = "Circuit breaker open, retrying infrastructure checks"
    private static let recovered = "Infrastructure recovered, closing circuit breaker"
    private static let series = #"{supervisor="box"}"#

    private static func failures(_ check: String) -> String {
        "supervisor_infrastructure_check_failures_total"
            + #"{check="\#(check)",child_name="broker",supervisor="box"}"#
    }

    /// The samples of a scrape.
    private func samples(_ base: String) async throws -> Set<Substring> {
        Set(try await fetch(base + "/metrics").body.split(separator: "\n"))
    }

    private func expect(_ expected: String..., in samples: Set<Substring>) {
        for sample in expected {
            // A failure shows the sample instead of the whole scrape.
            let isThere = samples.contains(Substring(sample))
            #expect(isThere, "\(sample)")
        }
    }

    @Test("a broker in a crash loop opens the circuit, is retried five times, escalates once, and recovers")
    func crashLoop() async throws {
        let plant = try await BrokerPlant()
        let circuit = "{initialDelay: 100ms, maximumDelay: 400ms, settleTime: 50ms}"
        let (gateway, base, pids) = try await plant.start(circuit: circuit)
        try plant.breakBroker()
        #expect(kill(try #require(pids["box/broker"]), SIGKILL) == 0)

        let opening = try await gateway.waitForLog { $0.msg == Self.opened }
        #expect(opening.level == "warning")
        #expect(opening.fields["check"] == "crash_loop")
        #expect(opening.fields["child_name"] == "broker")
        #expect(opening.fields["impact"] == "all_workers")
        #expect(opening.fields["error"] == "5 deaths in 60 s: ended with exit code 7")
        for attempt in 1...4 {
            let expected = LogField.number(Double(attempt))
            try await gateway.waitForLog { $0.msg == Self.retrying && $0.fields["retry_attempt"] == expected }
        }
        let warning = try await gateway.waitForLog { $0.msg.hasPrefix("WARNING") }
        #expect(warning.fields["attempts_remaining"] == 1)
        #expect(warning.fields["recovery_status"] == "persistent_failure")
        let escalation = try await gateway.waitForLog { $0.msg.hasPrefix("ESCALATION REQUIRED") }
        #expect(escalation.level == "error")
        #expect(escalation.fields["retry_attempt"] == 5)
        #expect(escalation.fields["runbook_url"] == .text("\(base)/runbooks/EscalationTriggered"))
        guard case .list(let steps) = escalation.fields["manual_steps"] else {
            throw Missing(what: "manual_steps")
        }
        #expect(steps.contains { $0.contains("gatewarden circuit reset box") })
        expect(
            "supervisor_circuit_breaker_open\(Self.series) 1", "\(Self.failures("crash_loop")) 6",
            #"supervisor_escalations_total{child_name="broker",supervisor="box"} 1"#,
            "supervisor_circuit_breaker_recoveries_total\(Self.series) 0",
            in: try await samples(base)
        )

        try plant.repairBroker()
        let recovery = try await gateway.waitForLog { $0.msg == Self.recovered }
        #expect(recovery.level == "info")
        guard case .number(let downtime) = recovery.fields["total_downtime_ms"] else {
            throw Missing(what: "total_downtime_ms")
        }
        #expect(downtime > 0)
        expect(
            "supervisor_circuit_breaker_open\(Self.series) 0", "\(Self.failures("crash_loop")) 6",
            "supervisor_circuit_breaker_recoveries_total\(Self.series) 1",
            in: try await samples(base)
        )
        let flow = try await gateway.control.status().root.children.last
        #expect(flow?.pid == pids["box/flow"])
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("an operator closes the circuit of a broker that was put right")
    func reset() async throws {
        let plant = try await BrokerPlant()
        let (gateway, base, pids) = try await plant.start()
        try plant.breakBroker()
        #expect(kill(try #require(pids["box/broker"]), SIGKILL) == 0)
        try await gateway.waitForLog { $0.msg == Self.opened }
        let table = try await run(gateway, "status").text(.stdout)
        #expect(table.contains("circuit open: crash_loop broker, attempt "), "\(table)")

        // The broker waits before it comes up: the circuit does not close by itself before the operator acts.
        try plant.closeGate()
        try plant.repairBroker()
        let refused = try await run(gateway, "circuit", "reset", "broker")
        #expect(refused.status == .exited(code: 1))
        #expect(refused.text(.stderr).contains("box/broker has no children and so no circuit"))
        let reset = try await run(gateway, "circuit", "reset")
        #expect(reset.status == .exited(code: 0))
        #expect(reset.text(.stdout).contains("Closed the circuits of box"))
        let line = try await gateway.waitForLog { $0.msg == "Circuit breaker reset" }
        #expect(line.level == "notice")
        #expect(line.path == "box")
        try plant.openGate()
        // The root is ready once its circuit is closed and all of its children are ready.
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box" }
        expect("supervisor_circuit_breaker_open\(Self.series) 0", in: try await samples(base))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a broker that hangs opens the circuit, is replaced, and the flow that depends on it goes on")
    func hangingBroker() async throws {
        let plant = try await BrokerPlant()
        let (gateway, base, pids) = try await plant.start()
        try plant.closeGate()
        #expect(kill(try #require(pids["box/broker"]), SIGSTOP) == 0)

        let opening = try await gateway.waitForLog { $0.msg == Self.opened }
        #expect(opening.fields["check"] == "readiness_failed")
        #expect(opening.fields["child_name"] == "broker")
        try await gateway.waitForLog { $0.msg == "Child is being restarted" && $0.path == "box/broker" }
        expect(
            "supervisor_circuit_breaker_open\(Self.series) 1", "\(Self.failures("readiness_failed")) 1",
            in: try await samples(base)
        )
        let ready = try await fetch(base + "/readyz")
        #expect(ready.status == 503)
        #expect(ready.body.contains("circuit open: readiness_failed broker, attempt 0/5"), "\(ready.body)")
        #expect(ready.body.contains(#""status":"degraded""#))
        let open = try #require(try await gateway.control.status().root.circuit)
        #expect((open.open, open.attempts, open.maxAttempts) == (true, 0, 5))
        #expect((open.failingCheck, open.blamedChild) == ("readiness_failed", "broker"))

        try plant.openGate()
        try await gateway.waitForLog { $0.msg == Self.recovered }
        expect(
            "supervisor_circuit_breaker_open\(Self.series) 0", "\(Self.failures("readiness_failed")) 1",
            "supervisor_circuit_breaker_recoveries_total\(Self.series) 1",
            in: try await samples(base)
        )
        let status = try await gateway.control.status().root
        #expect(status.circuit == CircuitStatus(open: false, attempts: 0, maxAttempts: 5, recoveryStatus: "healthy"))
        #expect(status.children.first?.pid != pids["box/broker"])
        #expect(status.children.last?.pid == pids["box/flow"])
        #expect(status.children.map(\.circuit) == [nil, nil])
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a broker that is killed once is replaced without a circuit")
    func killedBroker() async throws {
        let plant = try await BrokerPlant()
        let (gateway, base, pids) = try await plant.start()
        #expect(kill(try #require(pids["box/broker"]), SIGKILL) == 0)
        let replacement = try await gateway.waitUntilReady("box/broker")
        #expect(replacement["box/broker"] != pids["box/broker"])
        expect(
            "supervisor_circuit_breaker_open\(Self.series) 0", "\(Self.failures("crash_loop")) 0",
            "\(Self.failures("readiness_failed")) 0", "supervisor_circuit_breaker_recoveries_total\(Self.series) 0",
            in: try await samples(base)
        )
        #expect(try await gateway.control.status().root.children.last?.pid == pids["box/flow"])
        #expect(await gateway.stop() == .exited(code: 0))
    }
}
