import SupervisionTesting
import Testing

@testable import Supervision

@Suite struct InfrastructureHealthCheckerTests {
    private let broker = ScriptedWorld()
    private let flow = ScriptedWorld()

    /// The first check that the product exists for, with scripted workers: the broker runs, and the flow has no output.
    private static let contradiction = ConsistencyCheck("output", blaming: "flow") { flow, siblings in
        guard let broker = siblings["broker"], broker.state == "running" else { return nil }
        guard let seen = flow.observed(as: ScriptedState.Observed.self), !seen.isReady else { return nil }
        return "broker active but flow has 0 output connections"
    }

    private func makeTree(_ checks: [ConsistencyCheck], startupGrace: Duration = .zero) async throws -> TreeHarness {
        var settings = SupervisionSettings.forTests
        settings.checkFailureThreshold = 3
        let tree = TreeHarness(
            [.scripted("broker", broker), .scripted("flow", flow, startupGrace: startupGrace)],
            checks: checks,
            settings: settings
        )
        try await tree.pass(.seconds(1))
        return tree
    }

    @Test("a contradiction between two children opens the circuit and blames the one that the check names")
    func contradiction() async throws {
        let tree = try await makeTree([Self.contradiction])
        flow.setReady(false)
        try await tree.pass(.milliseconds(500))
        #expect(tree.circuitChanges.first?.change == .opened)
        #expect(tree.circuitChanges.first?.report.failure?.child == "flow")
        #expect(
            tree.circuitChanges.first?.report.failure?.description == "broker active but flow has 0 output connections")
    }

    @Test("a check must fail as often in a row as its threshold says, and one pass begins anew")
    func debounce() async throws {
        let tree = try await makeTree([Self.contradiction])
        flow.setReady(false)
        try await tree.tick()
        try await tree.tick()
        flow.setReady(true)
        try await tree.tick()
        flow.setReady(false)
        try await tree.tick()
        try await tree.tick()
        #expect(tree.circuitChanges.isEmpty)
        try await tree.tick()
        #expect(tree.circuitChanges.map(\.change) == [.opened])
    }

    @Test("a child that is not declared, not wanted, or observed as another type makes a check pass")
    func nothingToContradict() async throws {
        let tree = try await makeTree([
            ConsistencyCheck("missing", blaming: "nobody") { _, _ in "never asked" },
            ConsistencyCheck("other type", blaming: "flow") { flow, _ in flow.observed(as: Int.self).map { "saw \($0)" }
            },
            ConsistencyCheck("other child", blaming: "flow") { _, siblings in siblings["nobody"].map { $0.state } },
            ConsistencyCheck("stopped", blaming: "broker") { _, _ in "stopped by an operator" },
        ])
        tree.command(.resetCircuit, "")
        tree.command(.stop, "broker")
        tree.forgetEvents()
        try await tree.pass(.seconds(2))
        #expect(!(tree.report().circuit?.isOpen ?? true))
    }

    @Test("the first check in the order is the one that is acted on")
    func order() async throws {
        let tree = try await makeTree([
            ConsistencyCheck("first", blaming: "broker") { child, _ in child.isReady ? nil : "first" },
            ConsistencyCheck("second", blaming: "flow") { child, _ in child.isReady ? nil : "second" },
        ])
        flow.setReady(false)
        broker.setReady(false)
        try await tree.pass(.milliseconds(500))
        #expect(tree.circuitChanges.first?.report.failure?.check == "first")
    }

    @Test("a child younger than its startup grace is not judged, and the failures before are not forgotten")
    func grace() async throws {
        flow.setReady(false)
        let tree = try await makeTree([Self.contradiction], startupGrace: .seconds(10))
        try await tree.pass(.seconds(8))
        #expect(tree.circuitChanges.isEmpty)
        try await tree.pass(.seconds(2))
        #expect(tree.circuitChanges.map(\.change).first == .opened)
    }
}
