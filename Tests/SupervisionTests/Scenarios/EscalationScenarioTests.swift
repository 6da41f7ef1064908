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

    @Test("a flapping child never stops its siblings, and its circuit closes when it is well for good")
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
        try await tree.pass(.seconds(5))
        #expect(tree.report().circuit?.isOpen == false)
        #expect(tree.circuitChanges.last?.change == .recovered)
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

@Suite("Scenarios: relapse") struct RelapseScenarioTests {
    @Test("a child that is ready for a second after each restart is not taken for recovered, and escalates")
    func slowCrashLoop() async throws {
        let broker = ScriptedWorld()
        var settings = SupervisionSettings.forTests
        settings.circuit.settleTime = .milliseconds(500)
        let tree = TreeHarness([.scripted("broker", broker)], checks: [.scripted("broker")], settings: settings)
        try await tree.pass(.seconds(1))
        for _ in 0..<70 {
            broker.setTrouble("dying")
            try await tree.pass(.milliseconds(300))
            broker.setTrouble(nil)
            try await tree.pass(.milliseconds(900))
        }
        #expect(tree.circuitChanges.count { $0.change == .recovered } <= 1)
        #expect(tree.circuitChanges.count { $0.change == .escalated } == 1)
        try await tree.pass(.seconds(5))
        #expect(tree.circuitChanges.last?.change == .recovered)
    }

    @Test("a child that ran for long before it failed is taken for recovered soon")
    func firstFailure() async throws {
        let broker = ScriptedWorld()
        var settings = SupervisionSettings.forTests
        settings.circuit.settleTime = .milliseconds(500)
        let tree = TreeHarness([.scripted("broker", broker)], checks: [.scripted("broker")], settings: settings)
        try await tree.pass(.seconds(30))
        broker.setTrouble("down")
        try await tree.pass(.seconds(1))
        broker.setTrouble(nil)
        try await tree.pass(.seconds(2))
        #expect(tree.circuitChanges.map(\.change).last == .recovered)
    }

    @Test(
        "relapses after a repair are remembered for a minute, the last five of them, and forgotten after a stable run")
    func memory() {
        var history = RelapseHistory()
        let policy = CircuitPolicy()
        func at(_ seconds: Int) -> Moment { Moment(sinceStart: .seconds(seconds)) }
        #expect(history.settleTime(at: at(0), policy) == .milliseconds(500))
        history.failed(readyFor: .seconds(2), at: at(1), policy)
        #expect(history.settleTime(at: at(1), policy) == .milliseconds(500))
        history.repaired()
        history.failed(readyFor: .seconds(2), at: at(2), policy)
        #expect(history.settleTime(at: at(3), policy) == .seconds(4))
        #expect(history.settleTime(at: at(63), policy) == .milliseconds(500))
        for second in 3...7 { history.failed(readyFor: .seconds(1), at: at(second), policy) }
        #expect(history.settleTime(at: at(8), policy) == .seconds(2))
        history.failed(readyFor: .seconds(4), at: at(9), policy)
        #expect(history == RelapseHistory())
    }
}
