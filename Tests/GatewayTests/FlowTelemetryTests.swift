import Exposition
import ProcessControl
import Supervision
import Testing

@testable import Gateway
@testable import Workers

@Suite("FlowTelemetry")
struct FlowTelemetryTests {
    private static let path = HierarchyPath(["box", "press", "read"])
    private let registry = MetricRegistry()
    private let log: RecordedLog
    private let telemetry: FlowTelemetry

    init() throws {
        log = try RecordedLog("flow")
        let telemetry = FlowTelemetry(
            metrics: try FlowMetrics(registry),
            advice: EscalationAdvice(address: "127.0.0.1:9620", runDirectory: "/run/gatewarden"),
            logger: log.logger
        )
        registry.collect { telemetry.collect(&$0) }
        self.telemetry = telemetry
    }

    /// The samples of one family, without the labels that all have.
    private func values(_ family: String) -> [String] {
        let prefix = #"gatewarden_flow_\#(family){child="box/press/read"} "#
        return registry.samples.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    private func note(_ observations: BenthosObservation..., stallAfter: Duration = .seconds(30)) {
        telemetry.open(Self.path)
        for observation in observations {
            telemetry.flowObserved(Self.path, observation, stallAfter: stallAfter)
        }
    }

    @Test("every figure of a flow has its series")
    func figures() throws {
        note(
            FlowExamples.running(
                FlowExamples.condition(waiting: .milliseconds(1500), figures: try FlowExamples.figures())))
        let child = #"child="box/press/read""#
        #expect(
            registry.samples == [
                "gatewarden_flow_up{\(child)} 1", "gatewarden_flow_output_connections{\(child)} 2",
                "gatewarden_flow_input_connections{\(child)} 1", "gatewarden_flow_received_total{\(child)} 12",
                "gatewarden_flow_sent_total{\(child)} 9", #"gatewarden_flow_errors_total{\#(child),kind="output"} 2"#,
                #"gatewarden_flow_errors_total{\#(child),kind="processor"} 6"#, "gatewarden_flow_lag{\(child)} 7",
                "gatewarden_flow_waiting_seconds{\(child)} 1.5", "gatewarden_flow_stalled{\(child)} 0",
                "gatewarden_flow_config_refused{\(child)} 0", "gatewarden_flow_config_rollbacks_total{\(child)} 0",
            ])
    }

    @Test("what is not known is absent, and only the rollbacks begin with 0")
    func unknown() throws {
        telemetry.open(Self.path)
        #expect(registry.samples == [#"gatewarden_flow_config_rollbacks_total{child="box/press/read"} 0"#])
        note(FlowExamples.running(FlowExamples.condition(figures: try FlowExamples.figures("input_received 3\n"))))
        #expect(values("received_total") == ["3"])
        for family in ["sent_total", "lag", "output_connections", "input_connections"] {
            #expect(values(family).isEmpty, "\(family)")
        }
        note(FlowExamples.running(FlowExamples.condition()))
        for family in ["received_total", "waiting_seconds", "stalled"] { #expect(values(family).isEmpty, "\(family)") }
        #expect(values("up") == ["1"])
    }

    private static let unconnected: [BenthosObservation] = [
        BenthosObservation(condition: FlowExamples.condition()),
        FlowExamples.running(),
        FlowExamples.running(FlowExamples.condition(.notReady("output is not connected"))),
        FlowExamples.running(FlowExamples.condition(.unanswered("timeout"))),
        FlowExamples.running(FlowExamples.condition(), portHolder: "nginx (pid 7)"),
    ]

    @Test("a flow that does not run, does not answer or is not connected is not up", arguments: unconnected)
    func down(_ observation: BenthosObservation) {
        note(observation)
        #expect(values("up") == ["0"])
    }

    @Test(
        "a flow has stalled from the moment on that its configuration names",
        arguments: [
            (Duration?.none, Duration.seconds(30), ["0"]), (.seconds(29), .seconds(30), ["0"]),
            (.seconds(30), .seconds(30), ["1"]), (.seconds(30), .seconds(60), ["0"]),
            (.zero, .zero, ["1"]), (nil, .zero, ["0"]),
        ])
    func stall(_ waiting: Duration?, _ stallAfter: Duration, _ expected: [String]) throws {
        let condition = FlowExamples.condition(waiting: waiting, figures: try FlowExamples.figures())
        note(FlowExamples.running(condition), stallAfter: stallAfter)
        #expect(values("stalled") == expected)
        #expect(values("waiting_seconds") == [String((waiting ?? .zero).components.seconds)])
    }

    @Test("a stall is told once, and its end once")
    func stallLines() throws {
        let figures = try FlowExamples.figures()
        for seconds in [nil, 10, 30, 31, 90, nil, nil, 29, 40] as [Int?] {
            let waiting = seconds.map { Duration.seconds($0) }
            note(FlowExamples.running(FlowExamples.condition(waiting: waiting, figures: figures)))
        }
        let lines = try log.finish()
        #expect(lines.map(\.msg) == ["Flow stalled", "Flow moves again", "Flow stalled"])
        #expect(lines.map(\.level) == ["warning", "info", "warning"])
        #expect(lines.map { $0.fields["waiting_ms"] } == [30_000, nil, 40_000])
        #expect(lines.allSatisfy { $0.path == "box/press/read" && $0.fields["child_name"] == "read" })
    }

    @Test("the next process does not end the stall of the one before, and has one of its own")
    func stallOfNextProcess() throws {
        let figures = try FlowExamples.figures()
        let stalled = FlowExamples.condition(waiting: .seconds(31), figures: figures)
        note(
            FlowExamples.running(pid: 11, stalled), FlowExamples.running(pid: 12),
            FlowExamples.running(pid: 12, FlowExamples.condition(figures: figures)),
            FlowExamples.running(pid: 12, stalled)
        )
        #expect(try log.finish().map(\.msg) == ["Flow stalled", "Flow stalled"])
    }

    @Test("a stall goes on while a flow does not answer")
    func stallWithoutAnswer() throws {
        let stalled = FlowExamples.condition(waiting: .seconds(31), figures: try FlowExamples.figures())
        note(
            FlowExamples.running(stalled), FlowExamples.running(FlowExamples.condition(.unanswered("timeout"))),
            FlowExamples.running(stalled)
        )
        #expect(try log.finish().map(\.msg) == ["Flow stalled"])
    }

    @Test("a rollback is counted, and the line tells what to do")
    func rollback() throws {
        let refusal = FlowRefusal(
            revision: FlowRevision(of: "input: {}"), stage: .trial, reason: "not ready within 30 s: no answer")
        telemetry.open(Self.path)
        telemetry.flowRolledBack(Self.path, refusal)
        note(FlowExamples.running(refused: refusal))
        #expect(values("config_rollbacks_total") == ["1"])
        #expect(values("config_refused") == ["1"])
        let lines = try log.finish()
        let line = try #require(lines.first)
        #expect(lines.count == 1 && line.level == "error" && line.msg == "Flow configuration rolled back")
        #expect(line.path == "box/press/read")
        #expect(line.fields["child_name"] == "read")
        #expect(line.fields["revision"] == .text("\(refusal.revision)"))
        #expect(line.fields["error"] == .text(refusal.reason))
        #expect(line.fields["runbook_url"] == "http://127.0.0.1:9620/runbooks/FlowConfigRefused")
        guard case .list(let steps) = line.fields["manual_steps"] else {
            Issue.record("there are no steps")
            return
        }
        #expect(steps.contains("Put the cause right: not ready within 30 s: no answer"))
    }

    @Test("another process on the port of a flow is told once for each process of the flow")
    func portHolder() throws {
        let ended = ProcessObservation(phase: .ended(ProcessEnding(status: .exited(code: 0), runTime: .zero)))
        note(
            FlowExamples.running(pid: 11), FlowExamples.running(pid: 11, portHolder: "nginx (pid 7)"),
            FlowExamples.running(pid: 11, portHolder: "nginx (pid 7)"),
            BenthosObservation(process: ended, port: 4195, portHolder: "nginx (pid 7)"),
            FlowExamples.running(pid: 12, portHolder: "nginx (pid 7)")
        )
        let lines = try log.finish()
        #expect(lines.map(\.msg) == Array(repeating: "Port held by another process", count: 2))
        #expect(lines.allSatisfy { $0.level == "warning" && $0.fields["port"] == 4195 })
        #expect(lines.allSatisfy { $0.fields["error"] == "nginx (pid 7)" })
    }

    @Test("a flow that has gone leaves nothing, and a late observation does not bring it back")
    func closing() throws {
        let condition = FlowExamples.condition(waiting: .seconds(31), figures: try FlowExamples.figures())
        note(FlowExamples.running(FlowExamples.condition()))
        telemetry.close(Self.path)
        telemetry.flowObserved(Self.path, FlowExamples.running(condition), stallAfter: .seconds(30))
        #expect(registry.samples.isEmpty)
        #expect(try log.finish().isEmpty)
    }

    @Test("a flow that is opened again keeps its counts")
    func reopening() {
        telemetry.open(Self.path)
        telemetry.flowRolledBack(
            Self.path, FlowRefusal(revision: FlowRevision(of: ""), stage: .trial, reason: "ended with exit code 1"))
        telemetry.open(Self.path)
        #expect(values("config_rollbacks_total") == ["1"])
    }
}
