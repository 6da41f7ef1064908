import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: circuit") struct CircuitScenarioTests {
    private let broker = ScriptedWorld()
    private let flow = ScriptedWorld()

    private func makeTree(_ more: [ChildSpec] = []) async throws -> TreeHarness {
        let tree = TreeHarness(
            [.scripted("broker", broker), .scripted("flow", flow)] + more,
            checks: [.scripted("broker")]
        )
        try await tree.pass(.seconds(1))
        tree.forgetEvents()
        return tree
    }

    @Test("the circuit opens and skips the children, and still reconciles")
    func skips() async throws {
        let tree = try await makeTree()
        try await tree.trouble("broker", broker)
        flow.crash()
        try await tree.tick()
        #expect(tree.report().circuit?.isOpen == true)
        try tree.add(.scripted("late"), to: "")
        try await tree.pass(.milliseconds(300))
        #expect(flow.starts == 1)
        #expect(tree.supervisor("late") != nil)
    }

    @Test("a child that is added while the circuit is open exists, and starts when the circuit closes")
    func lateChild() async throws {
        let tree = try await makeTree()
        let late = ScriptedWorld()
        try await tree.trouble("broker", broker)
        try tree.add(.scripted("late", late), to: "")
        try await tree.pass(.seconds(2))
        #expect(tree.state("late") == "stopped")
        #expect(late.starts == 0)
        broker.setTrouble(nil)
        try await tree.pass(.seconds(5))
        #expect(tree.state("late") == "running")
    }

    @Test("events from below are kept while the circuit is open and acted on when it closes")
    func events() async throws {
        let tree = try await makeTree()
        try await tree.trouble("broker", broker)
        flow.crash()
        try await tree.event("flow")
        #expect(tree.state("flow") == "running")
        broker.setTrouble(nil)
        try await tree.pass(.seconds(3))
        #expect(tree.state("flow") == "running")
        #expect(flow.starts == 2)
    }

    @Test("a failure that concerns one child alone leaves its siblings supervised")
    func singleWorker() async throws {
        let tree = TreeHarness(
            [.scripted("leaf", broker), .scripted("flow", flow)],
            checks: [.scripted("leaf", impact: .singleWorker)]
        )
        try await tree.pass(.seconds(1))
        try await tree.trouble("leaf", broker)
        #expect(tree.report().circuit?.failure?.impact == .singleWorker)
        flow.crash()
        try await tree.pass(.seconds(1))
        #expect(flow.starts == 2)
    }

    @Test("when all checks pass the circuit closes, counts the downtime, and the attempts begin anew")
    func recovery() async throws {
        let tree = try await makeTree()
        broker.setTrouble("down")
        try await tree.pass(.seconds(4))
        #expect(tree.report().circuit?.attempts ?? 0 > 0)
        broker.setTrouble(nil)
        try await tree.pass(.seconds(2))
        let last = try #require(tree.circuitChanges.last)
        #expect(last.change == .recovered)
        #expect(last.report.downtime > .seconds(4))
        #expect(tree.report().circuit?.attempts == 0)
        #expect(tree.report().circuit?.status == .healthy)
    }

    @Test("when the circuit closes the ticks resume from the top down")
    func resumesTopDown() async throws {
        let inner = ScriptedWorld()
        let tree = TreeHarness(
            [
                .scripted("broker", broker),
                .scripted("line", children: [.scripted("flow", flow), .scripted("inner", inner)]),
            ],
            checks: [.scripted("broker")]
        )
        try await tree.pass(.seconds(1))
        try await tree.trouble("broker", broker)
        inner.crash()
        try await tree.event("line/inner")
        tree.command(.restart, "line")
        tree.forgetEvents()
        broker.setTrouble(nil)
        try await tree.pass(.seconds(5))
        #expect(tree.circuitChanges.last?.change == .recovered)
        let starts = tree.enqueued.filter { $0.hasSuffix("start") }
        #expect(starts.contains("line start"))
        #expect(tree.state("line/inner") == "running")
    }

    @Test("in a tree of three levels the grandparent's circuit stops all below it, the child's nothing above or beside")
    func threeLevels() async throws {
        let leaf = ScriptedWorld()
        let sibling = ScriptedWorld()
        let tree = TreeHarness(
            [
                .scripted("broker", broker), .scripted("aside", sibling),
                .scripted("line", children: [.scripted("leaf", leaf)], checks: [.scripted("leaf")]),
            ],
            checks: [.scripted("broker")]
        )
        try await tree.pass(.seconds(1))

        leaf.setTrouble("jammed")
        sibling.crash()
        try await tree.pass(.seconds(1))
        #expect(tree.slot("line")?.supervisor?.health.circuit.incident != nil)
        #expect(tree.report().circuit?.isOpen == false)
        #expect(sibling.starts == 2)

        leaf.setTrouble(nil)
        try await tree.pass(.seconds(5))
        try await tree.trouble("broker", broker)
        leaf.crash()
        let starts = leaf.starts
        try await tree.pass(.milliseconds(500))
        #expect(leaf.starts == starts)
    }

    @Test("an operator's stop, start and restart are carried out while the circuit is open")
    func operatorCommands() async throws {
        let tree = try await makeTree()
        try await tree.trouble("broker", broker)
        tree.command(.stop, "flow")
        try await tree.pass(.milliseconds(500))
        #expect(!flow.isRunning)
        tree.command(.start, "flow")
        try await tree.pass(.milliseconds(500))
        #expect(flow.isRunning)
        #expect(tree.report().circuit?.isOpen == true)
    }

    @Test("an open circuit does not hold up a shutdown")
    func shutdown() async throws {
        let tree = try await makeTree()
        try await tree.trouble("broker", broker)
        tree.target = .stopped
        try await tree.pass(.seconds(1))
        #expect(tree.isAtRest)
        #expect(tree.circuitChanges.last?.change == .reset)
    }

    @Test("a reset by an operator closes the circuits of a whole subtree, and a failure opens them anew")
    func reset() async throws {
        let tree = try await makeTree()
        broker.setTrouble("down")
        try await tree.pass(.seconds(4))
        tree.command(.resetCircuit, "")
        #expect(tree.report().circuit?.isOpen == false)
        #expect(tree.circuitChanges.last?.change == .reset)
        try await tree.pass(.seconds(1))
        #expect(tree.report().circuit?.isOpen == true)
        #expect(tree.report().circuit?.attempts ?? 9 <= 1)
    }

    @Test("a circuit closes when the last child is taken away, and the worker itself is supervised again")
    func lastChildRemoved() async throws {
        let line = ScriptedWorld()
        let children: [ChildSpec] = [.scripted("broker", broker)]
        let tree = TreeHarness([.scripted("line", line, children: children, checks: [.scripted("broker")])])
        try await tree.pass(.seconds(1))
        broker.failStarts(.max)
        try await tree.trouble("line/broker", broker)
        try await tree.pass(.milliseconds(500))
        #expect(tree.state("line/broker") == "stopped")
        tree.update("line", .scripted("line", line))
        try await tree.pass(.seconds(2))
        #expect(tree.supervisor("line")?.slots.isEmpty == true)
        #expect(tree.circuitChanges.last?.change == .recovered)
        line.crash()
        try await tree.pass(.milliseconds(500))
        #expect(line.starts == 2)
    }

    @Test("what the child under repair waits for is put right too, or the circuit would never close")
    func deadDependency() async throws {
        let tree = TreeHarness(
            [.scripted("broker", broker), .scripted("flow", flow, dependsOn: ["broker"])],
            checks: [.scripted("flow")]
        )
        try await tree.pass(.seconds(1))
        broker.crash()
        broker.failStarts(1)
        try await tree.pass(.milliseconds(300))
        flow.setTrouble("jammed")
        try await tree.pass(.milliseconds(300))
        #expect(tree.circuitChanges.map(\.change) == [.opened])
        flow.setTrouble(nil)
        try await tree.pass(.seconds(30))
        #expect(tree.state("broker") == "running")
        #expect(tree.state("flow") == "running")
        #expect(tree.circuitChanges.last?.change == .recovered)
    }
}
