import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: state mapping and circuits") struct MappingScenarioTests {
    private let line = ScriptedWorld()
    private let broker = ScriptedWorld()
    private let flow = ScriptedWorld()

    private static let unready = ConsistencyCheck("unready", blaming: "broker") { broker, _ in
        broker.isReady ? nil : "not ready"
    }

    /// A parent that acts: its children are mapped to stopped until it runs again.
    private func makeTree(_ children: [ChildSpec], _ check: ConsistencyCheck) async throws -> TreeHarness {
        let tree = TreeHarness([.scripted("line", line, children: children, checks: [check])])
        try await tree.pass(.seconds(1))
        return tree
    }

    /// Opens the circuit while the parent's own action is in progress.
    private func openWhileActing(_ tree: TreeHarness) async throws {
        tree.hung = ["gateway/line"]
        broker.setTrouble("down")
        try await tree.event("line/broker")
        line.crash()
        try await tree.event("line")
        try await tree.tick()
    }

    @Test("a child that its parent's state stops is not judged")
    func mappedChild() async throws {
        let tree = try await makeTree([.scripted("broker", broker)], Self.unready)
        try await tree.pass(.seconds(2))
        let before = tree.circuitChanges.count
        tree.hung = ["gateway/line/broker"]
        tree.update("line/broker", .scripted("broker", broker, stateMapping: ["running": .stopped]))
        try await tree.pass(.seconds(2))
        #expect(tree.state("line/broker") == "stopping")
        #expect(tree.circuitChanges.count == before)
    }

    @Test("a circuit over a child that the parent's state stops closes: there is nothing to recover")
    func mappedWhileOpen() async throws {
        let child = ChildSpec.scripted("broker", broker, stateMapping: ["starting": .stopped])
        let tree = try await makeTree([child], .scripted("broker"))
        try await openWhileActing(tree)
        #expect(tree.circuitChanges.map(\.change) == [.opened])
        broker.setTrouble(nil)
        tree.hung = []
        try await tree.pass(.seconds(3))
        #expect(tree.circuitChanges.last?.change == .recovered)
        #expect(tree.state("line/broker") == "running")
    }

    @Test("a child under repair does not wait for dependents that the circuit keeps from stopping")
    func pausedDependents() async throws {
        let children: [ChildSpec] = [
            .scripted("broker", broker),
            .scripted("flow", flow, dependsOn: ["broker"], stateMapping: ["starting": .stopped]),
        ]
        let tree = try await makeTree(children, .scripted("broker"))
        try await openWhileActing(tree)
        #expect(tree.state("line/flow") == "running")
        broker.setTrouble(nil)
        tree.hung = []
        try await tree.pass(.seconds(3))
        #expect(broker.starts == 2)
        #expect(tree.circuitChanges.last?.change == .recovered)
        #expect(tree.state("line/flow") == "running")
    }
}
