import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: escalation") struct EscalationScenarioTests {
    private let broker = ScriptedWorld()

    /// A broker that is in trouble again as soon as it runs.
    private func makeFailingTree() async throws -> TreeHarness {
        let tree = TreeHarness([.scripted("broker", broker)], checks: [.scripted("broker")])
        try await tree.pass(.seconds(1))
        broker.setTrouble("down")
        return tree
    }

    private func seconds(_ record: TreeHarness.CircuitRecord, since first: TreeHarness.CircuitRecord) -> Int {
        Int(((record.at - first.at) / .seconds(1)).rounded())
    }

    @Test("each of the five attempts is made at its due time, the warning comes at four, the escalation at five, once")
    func escalation() async throws {
        let tree = try await makeFailingTree()
        try await tree.pass(.seconds(200))
        let opened = try #require(tree.circuitChanges.first)
        let log = tree.circuitChanges.map { "\(seconds($0, since: opened)) \($0.change) \($0.report.attempts)" }
        #expect(
            log == [
                "0 opened 0", "1 attemptFailed 1", "3 attemptFailed 2", "7 attemptFailed 3", "15 attemptFailed 4",
                "15 lastAttempt 4", "31 attemptFailed 5", "31 escalated 5",
            ])
        #expect(tree.report().circuit?.status == .escalated)
    }

    @Test("the root goes on probing at the cap after the escalation, and recovers by itself when the cause is gone")
    func probing() async throws {
        let tree = try await makeFailingTree()
        try await tree.pass(.seconds(40))
        let restarts = broker.starts
        try await tree.pass(.seconds(150))
        #expect(broker.starts - restarts == 2)
        broker.setTrouble(nil)
        try await tree.pass(.seconds(1))
        #expect(tree.circuitChanges.last?.change == .recovered)
        broker.setTrouble("down again")
        try await tree.pass(.seconds(40))
        #expect(tree.circuitChanges.count { $0.change == .escalated } == 2)
    }

    @Test("a supervisor that escalates opens its parent's circuit, whose restart rebuilds the subtree with fresh ids")
    func parentOpens() async throws {
        let tree = TreeHarness([
            .scripted("line", children: [.scripted("broker", broker)], checks: [.scripted("broker")])
        ])
        try await tree.pass(.seconds(1))
        let line = tree.supervisor("line")?.identity.id
        let child = tree.supervisor("line/broker")?.identity.id
        broker.setTrouble("down")
        try await tree.pass(.seconds(33))
        let root = try #require(tree.report().circuit)
        #expect(root.failure?.check == ConsistencyCheck.childEscalated)
        #expect(root.failure?.child == "line")
        #expect(tree.supervisor("line")?.identity.id != line)
        #expect(tree.supervisor("line/broker")?.identity.id != child)
        broker.setTrouble(nil)
        try await tree.pass(.seconds(10))
        #expect(tree.report().circuit?.isOpen == false)
        #expect(tree.supervisor("line")?.health.circuit.incident == nil)
        #expect(tree.state("line/broker") == "running")
    }

    @Test("what the parent cannot put right either reaches the root and is escalated there once")
    func rootEscalates() async throws {
        let tree = TreeHarness([
            .scripted("line", children: [.scripted("broker", broker)], checks: [.scripted("broker")])
        ])
        try await tree.pass(.seconds(1))
        broker.setTrouble("down")
        try await tree.pass(.seconds(120))
        let root = tree.circuitChanges.filter { $0.path == "gateway" && $0.change == .escalated }
        #expect(root.count == 1)
    }

    @Test("a flapping child never stops its siblings, and its circuit closes whenever it is well")
    func flapping() async throws {
        let sibling = ScriptedWorld()
        let tree = TreeHarness(
            [.scripted("broker", broker), .scripted("sibling", sibling)],
            checks: [.scripted("broker", impact: .singleWorker)]
        )
        try await tree.pass(.seconds(1))
        for round in 1...20 {
            broker.setTrouble("down")
            try await tree.pass(.seconds(1))
            broker.setTrouble(nil)
            try await tree.pass(.seconds(1))
            sibling.crash()
            try await tree.pass(.milliseconds(300))
            #expect(sibling.starts == round + 1)
        }
        #expect(tree.report().circuit?.isOpen == false)
        #expect(tree.circuitChanges.count { $0.change == .opened } == 20)
        #expect(tree.circuitChanges.count { $0.change == .recovered } == 20)
    }

    @Test("a restarted child that needs long to start is not restarted again within its grace")
    func slowStart() async throws {
        let tree = TreeHarness([.scripted("broker", broker, startupGrace: .seconds(20))], checks: [.scripted("broker")])
        try await tree.pass(.seconds(21))
        broker.setTrouble("down")
        try await tree.tick()
        broker.setTrouble(nil)
        broker.setReady(false)
        try await tree.pass(.seconds(19))
        #expect(broker.starts == 2)
        broker.setReady(true)
        try await tree.pass(.seconds(1))
        #expect(tree.circuitChanges.map(\.change) == [.opened, .recovered])
    }
}
