import Glibc
import ProcessControl
import Synchronization
import SystemPackage
import Testing

/// What an operator sees of an incident from the first warning to the end, by the log and the metrics alone.
@Suite(
    "Gateway: operator walk",
    .timeLimit(.minutes(2)),
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
)
struct OperatorWalkTests {
    private static let opened = "Infrastructure check failed, opening circuit breaker"
    private static let retrying = "Circuit breaker open, retrying infrastructure checks"
    private static let recovered = "Infrastructure recovered, closing circuit breaker"
    private static let lastWarning = "WARNING: One retry attempt remaining before escalation"
    private static let escalated =
        "ESCALATION REQUIRED: Infrastructure failure after max retry attempts. Manual intervention needed."
    private static let failures =
        #"supervisor_infrastructure_check_failures_total{check="crash_loop",child_name="broker",supervisor="box"}"#
    private static let escalations = #"supervisor_escalations_total{child_name="broker",supervisor="box"}"#
    private static let recoveries = #"supervisor_circuit_breaker_recoveries_total{supervisor="box"}"#
    private static let isOpen = #"supervisor_circuit_breaker_open{supervisor="box"}"#

    @Test("the log leads from the first warning over the escalation to the recovery, and the metrics agree")
    func walk() async throws {
        let plant = try WalkPlant()
        let gateway = try await RunningGateway.start(plant.configuration, in: plant.directory)
        let base = try await gateway.waitForAddress()
        let pids = try await gateway.waitUntilReady("box/broker", "box/flow", "box/reader", "box")
        try await expectScopeOfWorker(plant, gateway, try #require(pids["box/reader"]))

        try plant.breakBroker()
        #expect(kill(try #require(pids["box/broker"]), SIGKILL) == 0)
        let lines = try await gateway.lines { $0.msg == Self.escalated }
        expectHeartbeat(lines)
        expectScopeOfInfrastructure(lines)
        expectLastWarning(lines)
        let escalation = try #require(lines.last)
        let steps = try await expectEscalation(escalation, gateway, base)
        try await expect([Self.isOpen: 1, Self.failures: 6, Self.escalations: 1, Self.recoveries: 0], at: base)

        try #require(steps.count == 6)
        let outputs = try await follow(steps.dropLast(), plant)
        #expect(outputs[0].contains("circuit open: crash_loop broker"))
        #expect(outputs[1].contains(WalkPlant.lastWords))
        #expect(outputs[2].contains("# ChildCrashLooping"))
        #expect(outputs[4].contains("Restarting box/broker"))
        try await expectRecovery(gateway, since: escalation)
        #expect(try await follow(steps.suffix(1), plant)[0].contains("Closed the circuits of box"))
        try await expect([Self.isOpen: 0, Self.failures: 6, Self.escalations: 1, Self.recoveries: 1], at: base)
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "box" }
        #expect(try await fetch(base + "/readyz").status == 200)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    /// Step 1: the circuit tells that it lives, and how far the recovery is.
    private func expectHeartbeat(_ lines: [LogLine]) {
        let beats = lines.filter { $0.msg == Self.opened || $0.msg == Self.retrying }
        #expect(beats.allSatisfy { $0.level == "warning" })
        let attempts = beats.map { $0.number("retry_attempt") }
        #expect(attempts == attempts.sorted { ($0 ?? -1) < ($1 ?? -1) })
        #expect(Set(attempts) == [0, 1, 2, 3, 4, 5])
        for beat in beats {
            let attempt = beat.number("retry_attempt") ?? -1
            let status =
                switch attempt {
                case ...2: "attempting_recovery"
                case ...4: "persistent_failure"
                default: "escalation_imminent"
                }
            #expect(beat.fields["recovery_status"] == .text(status), "at attempt \(attempt)")
            #expect(beat.fields["max_attempts"] == 5)
            #expect(beat.number("attempts_remaining") == 5 - attempt)
            // The delay doubles with every attempt that failed; after the last one it is the longest.
            if attempt < 5 { #expect(beat.number("backoff_delay_ms") == 100 * Double(1 << Int(attempt))) }
            #expect(beat.number("next_retry_in_ms") ?? .infinity <= beat.number("backoff_delay_ms") ?? 0)
        }
        let downtimes = beats.compactMap { $0.number("elapsed_downtime_ms") }
        #expect(downtimes.count == beats.count)
        #expect(downtimes == downtimes.sorted())
    }

    /// Step 2, the worker's side: what concerns one worker says so, and opens no circuit.
    private func expectScopeOfWorker(_ plant: WalkPlant, _ gateway: RunningGateway, _ pid: Int32) async throws {
        try plant.breakReader()
        #expect(kill(pid, SIGKILL) == 0)
        let line = try await gateway.waitForLog { $0.msg == "Action completed" && $0.fields["success"] == false }
        #expect(line.level == "warning")
        #expect(line.fields["error_scope"] == "worker")
        #expect(line.fields["impact"] == "single_worker")
        #expect(line.fields["child_name"] == "reader")
        #expect(line.fields["worker_id"] == "box/reader")
        #expect(line.fields["worker_type"] == "process")
        #expect(line.fields["hierarchy_path"] == "box/reader")
        #expect(line.fields["action_type"] == "start-process")
        #expect(line.number("duration_ms") != nil)
        #expect(line.text("error")?.contains("reader.sh") == true)
        try plant.repairReader()
        try await gateway.waitUntilReady("box/reader")
    }

    /// Step 2, the infrastructure's side: whose circuit it is, who is blamed, and who waits for it.
    private func expectScopeOfInfrastructure(_ lines: [LogLine]) {
        let circuit = lines.filter { $0.fields["error_scope"] == "infrastructure" }
        #expect(circuit.first?.msg == Self.opened)
        #expect(circuit.first?.level == "warning")
        #expect(circuit.first?.fields["retry_attempt"] == 0)
        #expect(Set(circuit.map(\.msg)) == [Self.opened, Self.retrying, Self.lastWarning, Self.escalated])
        for line in circuit {
            #expect(line.fields["impact"] == "all_workers")
            #expect(line.fields["child_name"] == "broker")
            #expect(line.fields["hierarchy_path"] == "box")
            #expect(line.fields["worker_id"] == "box")
            #expect(line.fields["worker_type"] == "application")
            #expect(line.fields["check"] == "crash_loop")
            #expect(line.text("error")?.hasSuffix("ended with exit code 7") == true)
        }
    }

    /// Step 3: once, before the last attempt.
    private func expectLastWarning(_ lines: [LogLine]) {
        let warnings = lines.filter { $0.msg == Self.lastWarning }
        #expect(warnings.map(\.level) == ["warning"])
        #expect(warnings.first?.fields["retry_attempt"] == 4)
        #expect(warnings.first?.fields["attempts_remaining"] == 1)
        #expect(warnings.first?.fields["recovery_status"] == "persistent_failure")
    }

    /// Step 4: a person is called, with a runbook that the box itself has and steps to take; from then on it says so.
    private func expectEscalation(_ line: LogLine, _ gateway: RunningGateway, _ base: String) async throws -> [String] {
        #expect(line.level == "error")
        #expect(line.fields["retry_attempt"] == 5)
        #expect(line.fields["attempts_remaining"] == 0)
        #expect(line.fields["recovery_status"] == "escalation_imminent")
        #expect(line.fields["runbook_url"] == .text("\(base)/runbooks/EscalationTriggered"))
        let after = try await gateway.waitForLog { $0.msg == Self.retrying || $0.msg == Self.escalated }
        #expect(after.msg == Self.retrying)
        #expect(after.fields["recovery_status"] == "escalated")
        let ready = try await fetch(base + "/readyz")
        #expect(ready.status == 503)
        #expect(ready.body.contains("circuit open: crash_loop broker, attempt 5/5"), "\(ready.body)")
        guard case .list(let steps)? = line.fields["manual_steps"] else { throw Missing(what: "manual_steps") }
        return steps
    }

    /// Does what the steps say, in their order, as an operator would: by pasting the commands into a shell.
    ///
    /// - Returns: what the commands printed; for a step without a command, nothing.
    private func follow(_ steps: some Sequence<String>, _ plant: WalkPlant) async throws -> [String] {
        let folder = Binaries.gateway.removingLastComponent()
        let path = ["PATH": "\(folder):\(ProcessEnvironment.defaultPath)"]
        var outputs: [String] = []
        for step in steps {
            guard let command = step.firstRange(of: "gatewarden ").map({ String(step[$0.lowerBound...]) }) else {
                #expect(step == "Put the cause right: 5 deaths in 60 s: ended with exit code 7")
                try plant.repairBroker()
                outputs.append("")
                continue
            }
            let result = try await Program.run("/bin/sh", ["-c", command], environment: path)
            #expect(result.status == .exited(code: 0), "\(command): \(result.text(.stderr))")
            outputs.append(result.text(.stdout))
        }
        return outputs
    }

    /// Step 5: the circuit closes and tells how long all of it took.
    private func expectRecovery(_ gateway: RunningGateway, since escalation: LogLine) async throws {
        let line = try await gateway.waitForLog { $0.msg == Self.recovered }
        #expect(line.level == "info")
        #expect(line.fields["recovery_status"] == "healthy")
        #expect(line.fields["child_name"] == "broker")
        let before = try #require(escalation.number("elapsed_downtime_ms"))
        #expect(line.number("total_downtime_ms") ?? 0 > before)
    }

    private func expect(_ samples: [String: Double], at base: String) async throws {
        for (series, value) in samples { #expect(try await sample(series, at: base) == value, "\(series)") }
    }
}

extension LogLine {
    /// The number in a field; nil where there is none.
    fileprivate func number(_ field: String) -> Double? {
        guard case .number(let number)? = fields[field] else { return nil }
        return number
    }

    /// The text in a field; nil where there is none.
    fileprivate func text(_ field: String) -> String? {
        guard case .text(let text)? = fields[field] else { return nil }
        return text
    }
}

extension RunningGateway {
    /// All lines up to the first one that is looked for, that one included.
    fileprivate func lines(until isLast: @escaping @Sendable (LogLine) -> Bool) async throws -> [LogLine] {
        let lines = Mutex<[LogLine]>([])
        try await waitForLog { line in
            lines.withLock { $0.append(line) }
            return isLast(line)
        }
        return lines.withLock { $0 }
    }
}
