import Supervision
import Testing
import Workers

@Suite("ChildChecks")
struct ChildChecksTests {
    /// A check as it stands in the list.
    private struct Line: Equatable {
        let check: String
        let child: String
        let impact: Impact
    }

    private static func child(_ name: String, _ type: WorkerType = "process", on others: String...) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: type,
            configuration: ApplicationConfiguration(children: []),
            dependsOn: others
        )
    }

    private static func lines(_ children: [ChildSpec]) -> [Line] {
        ChildChecks(children).checks.map { Line(check: $0.label.check, child: $0.label.child, impact: $0.impact) }
    }

    private static func process(_ name: String, _ impact: Impact) -> [Line] {
        ["crash_loop", "readiness_failed", "observation_stale"].map { Line(check: $0, child: name, impact: impact) }
    }

    @Test("what others depend on is checked first, and its failure concerns all")
    func order() {
        let children = [
            Self.child("flow", on: "broker"), Self.child("clock"), Self.child("broker", on: "disk"), Self.child("disk"),
        ]
        let expected =
            Self.process("broker", .allWorkers) + Self.process("disk", .allWorkers)
            + Self.process("flow", .singleWorker) + Self.process("clock", .singleWorker)
        #expect(Self.lines(children) == expected)
    }

    @Test("an application worker is checked for staleness alone")
    func application() {
        let expected = [Line(check: "observation_stale", child: "press-1", impact: .singleWorker)]
        #expect(Self.lines([Self.child("press-1", ApplicationWorker.type)]) == expected)
    }

    @Test(
        "a broker comes before its flows, and a full disk is nothing that a restart would repair or siblings wait for")
    func broker() {
        let children = [
            Self.child("flow", BenthosWorker.type, on: "redpanda"), Self.child("redpanda", RedpandaWorker.type),
        ]
        let broker = ["crash_loop", "wrong_listener", "readiness_failed", "broker_unreachable"]
        let flow = [
            "crash_loop", "flow_disconnected", "flow_stalled", "readiness_failed", "readiness_flapping",
            "observation_stale",
        ]
        let expected =
            broker.map { Line(check: $0, child: "redpanda", impact: .allWorkers) } + [
                Line(check: "disk_alert", child: "redpanda", impact: .singleWorker),
                Line(check: "observation_stale", child: "redpanda", impact: .allWorkers),
            ] + flow.map { Line(check: $0, child: "flow", impact: .singleWorker) }
        #expect(Self.lines(children) == expected)
        let disk = ChildChecks(children).checks.filter { !$0.isRepairable }.map(\.label.check)
        #expect(disk == ["disk_alert"])
    }

    @Test("a flow without a broker of the box is not blamed for one")
    func external() {
        let checks = Self.lines([Self.child("flow", BenthosWorker.type, on: "vpn"), Self.child("vpn")])
        #expect(!checks.contains { $0.check == "flow_disconnected" })
    }

    @Test("the worker declares the checks of its children")
    func worker() {
        let children = [Self.child("one"), Self.child("two", on: "one")]
        let derivation = ApplicationWorker().derive(ApplicationConfiguration(children: children))
        #expect(derivation.children == children)
        #expect(derivation.checks.map(\.label) == ChildChecks(children).checks.map(\.label))
        #expect(ChildChecks([]).checks.isEmpty)
    }
}
