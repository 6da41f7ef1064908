import SupervisionTesting
import Testing

@testable import Supervision

@Suite struct SupervisorTests {
    @Test("a child starts only once everything it depends on is ready")
    func startOrder() async throws {
        let broker = ScriptedWorld()
        broker.setReady(false)
        let tree = TreeHarness([.scripted("flow", dependsOn: ["broker"]), .scripted("broker", broker)])
        try await tree.settle()
        #expect(tree.state("broker") == "running")
        #expect(tree.state("flow") == "stopped")
        #expect(tree.report().children.first?.reason == "waiting for broker")
        broker.setReady(true)
        try await tree.settle()
        #expect(tree.state("flow") == "running")
    }

    @Test("the news that a dependency is ready starts its dependents without waiting for a tick")
    func startByEvent() async throws {
        let broker = ScriptedWorld()
        broker.setReady(false)
        let tree = TreeHarness([.scripted("broker", broker), .scripted("flow", dependsOn: ["broker"])])
        try await tree.settle()
        broker.setReady(true)
        try await tree.event("broker")
        #expect(tree.state("flow") == "starting")
    }

    @Test("stopping goes in reverse: what others depend on stops last")
    func stopOrder() async throws {
        let tree = TreeHarness([
            .scripted("broker"), .scripted("flow", dependsOn: ["broker"]), .scripted("other"),
        ])
        try await tree.settle()
        tree.target = .stopped
        try await tree.settle()
        try await tree.settle()
        #expect(tree.isAtRest)
        let stops = tree.enqueued.filter { $0.hasSuffix("stop") }
        #expect(Set(stops) == ["flow stop", "other stop", "broker stop", "gateway stop"])
        #expect(stops.firstIndex(of: "flow stop") ?? 9 < stops.firstIndex(of: "broker stop") ?? 0)
        #expect(stops.last == "gateway stop")
    }

    @Test("a dependency that fails later does not stop the children that already run")
    func runningDependents() async throws {
        let broker = ScriptedWorld()
        let flow = ScriptedWorld()
        let tree = TreeHarness([.scripted("broker", broker), .scripted("flow", flow, dependsOn: ["broker"])])
        try await tree.settle()
        broker.crash()
        broker.failStarts(.max)
        try await tree.tick()
        #expect(tree.state("flow") == "running")
        flow.crash()
        for _ in 0..<5 {
            try await tree.tick()
            try await tree.runActions()
        }
        #expect(flow.starts == 2)
        #expect(broker.starts == 1)
    }

    @Test("a crashed child is started again in the very reaction to the news, siblings are left alone")
    func crash() async throws {
        let first = ScriptedWorld()
        let second = ScriptedWorld()
        let tree = TreeHarness([.scripted("first", first), .scripted("second", second)])
        try await tree.settle()
        first.crash()
        try await tree.event("first")
        #expect(tree.state("first") == "starting")
        try await tree.settle()
        #expect(first.starts == 2)
        #expect(second.starts == 1)
    }

    @Test("no decision is made on an observation from before the last action's end")
    func freshObservation() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.tick()
        try await tree.runActions()
        tree.supervisor("child")?.react(tree.context)
        #expect(tree.state("child") == "starting")
        try await tree.event("child")
        #expect(tree.state("child") == "running")
    }

    @Test(
        "a refused action leaves the state as it was, and the next tick asks again",
        arguments: [
            ActionAdmission.queueFull, .alreadyInProgress, .shuttingDown,
        ])
    func refused(admission: ActionAdmission) async throws {
        let tree = TreeHarness([.scripted("child")])
        tree.admission = admission
        try await tree.tick()
        #expect(tree.state("child") == "stopped")
        tree.admission = nil
        try await tree.settle()
        #expect(tree.state("child") == "running")
    }

    @Test("a restarted child has a new id and the same specification, its siblings keep theirs")
    func restart() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world), .scripted("sibling")])
        try await tree.settle()
        let before = tree.supervisor("child")?.identity.id
        let sibling = tree.supervisor("sibling")?.identity.id
        tree.command(.restart, "child")
        tree.command(.restart, "child")
        try await tree.settle()
        try await tree.settle()
        #expect(tree.state("child") == "running")
        #expect(tree.supervisor("child")?.identity.id != before)
        #expect(tree.supervisor("sibling")?.identity.id == sibling)
        #expect(world.starts == 2)
    }

    @Test("an operator's stop holds until the operator's start")
    func operatorStop() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.settle()
        tree.command(.stop, "child")
        try await tree.settle()
        try await tree.settle()
        #expect(tree.state("child") == "stopped")
        #expect(!world.isRunning)
        tree.command(.start, "child")
        try await tree.settle()
        #expect(tree.state("child") == "running")
    }

    @Test("a parent's state maps to what its children should do")
    func stateMapping() async throws {
        let child = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", child, stateMapping: ["starting": .stopped])])
        try await tree.tick()
        #expect(tree.state("") == "starting")
        try await tree.tick()
        try await tree.tick()
        #expect(child.starts <= 1)
        try await tree.settle()
        try await tree.settle()
        #expect(tree.state("child") == "running")
    }

    @Test("a child that cannot be made is shown as failed and tried again after a backoff, siblings run")
    func factoryFailure() async throws {
        let tree = TreeHarness([
            ChildSpec(name: "odd", workerType: "unheard-of", configuration: ScriptedConfiguration()),
            .scripted("child"),
        ])
        try await tree.settle()
        #expect(tree.state("child") == "running")
        let report = tree.report().children[0]
        #expect(report.state == "failed")
        #expect(report.reason?.contains("known types: scripted") == true)
        let failures = { tree.events.filter { if case .childCreationFailed = $0 { true } else { false } }.count }
        let before = failures()
        try await tree.tick(after: .seconds(2))
        #expect(failures() == before + 1)
    }

    @Test("grandchildren start, and stop before their parent")
    func threeLevels() async throws {
        let tree = TreeHarness([.scripted("press", children: [.scripted("read"), .scripted("write")])])
        try await tree.settle()
        #expect(tree.state("press/read") == "running")
        tree.target = .stopped
        for _ in 0..<3 { try await tree.settle() }
        #expect(tree.isAtRest)
        let stops = tree.enqueued.filter { $0.hasSuffix("stop") }
        #expect(stops.suffix(2) == ["press stop", "gateway stop"])
    }

    @Test("a throwing observation leaves the last one in force")
    func failedObservation() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.settle()
        world.failObservations("no answer")
        try await tree.tick()
        #expect(tree.state("child") == "running")
        #expect(world.starts == 1)
    }
}
