import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: workers") struct WorkerScenarioTests {
    @Test("a worker that throws while it decides harms neither siblings nor parent, is counted, and is asked again")
    func throwing() async throws {
        let bad = ScriptedWorld()
        let good = ScriptedWorld()
        let tree = TreeHarness([.scripted("bad", bad), .scripted("good", good)])
        try await tree.pass(.seconds(1))
        bad.failDecisions("boom")
        bad.crash()
        tree.forgetEvents()
        for round in 2...4 {
            good.crash()
            try await tree.pass(.milliseconds(300))
            #expect(good.starts == round)
        }
        let failures = tree.events.count { if case .decisionFailed(_, "boom") = $0 { true } else { false } }
        #expect(failures >= 9)
        bad.failDecisions(nil)
        try await tree.pass(.milliseconds(300))
        #expect(bad.starts == 2)
    }

    @Test("a worker that throws while it derives goes on as it was")
    func throwingDerivation() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.seconds(1))
        var spec = ChildSpec.scripted("child", world)
        spec.configuration = ScriptedConfiguration(world: world, version: 1, derivationError: "no such template")
        tree.update("child", spec)
        try await tree.pass(.milliseconds(300))
        #expect(tree.state("child") == "running")
        #expect(tree.events.contains { if case .decisionFailed(_, "no such template") = $0 { true } else { false } })
    }

    @Test("no action is derived from an observation older than ten seconds; a stop still is")
    func stale() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.seconds(1))
        world.crash()
        world.failObservations("no answer")
        try await tree.pass(.seconds(11))
        #expect(tree.events.contains { if case .observationStale(_, true) = $0 { true } else { false } })
        #expect(world.starts == 1)
        world.failObservations(nil)
        try await tree.pass(.milliseconds(300))
        #expect(tree.events.contains { if case .observationStale(_, false) = $0 { true } else { false } })
        #expect(world.starts == 2)
    }

    @Test("a child whose collector was replaced three times in vain fails its check")
    func unobservable() async throws {
        let tree = TreeHarness([.scripted("child")], checks: [.stale("child", impact: .singleWorker)])
        try await tree.pass(.seconds(1))
        tree.supervisor("child")?.collectorRestarts = 2
        try await tree.tick()
        #expect(tree.report().circuit?.isOpen == false)
        tree.supervisor("child")?.collectorRestarts = 3
        try await tree.tick()
        #expect(tree.report().circuit?.failure?.check == "observation_stale")
    }

    @Test("a changed configuration is followed in place, and one that the worker cannot follow replaces it")
    func changedSpec() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.seconds(1))
        let id = tree.supervisor("child")?.identity.id
        tree.update("child", .scripted("child", world, version: 1))
        try await tree.pass(.seconds(1))
        #expect(tree.supervisor("child")?.identity.id == id)
        #expect(world.starts == 1)
        #expect(tree.lastDesired(of: "child") == 1)
        tree.update("child", .scripted("child", world, version: -1))
        try await tree.pass(.seconds(1))
        #expect(tree.supervisor("child")?.identity.id != id)
        #expect(world.starts == 2)
    }

    @Test("children that are no longer declared are stopped and removed, new ones are made, the others are left alone")
    func reconciliation() async throws {
        let (keep, drop, add) = (ScriptedWorld(), ScriptedWorld(), ScriptedWorld())
        let line = ScriptedWorld()
        let tree = TreeHarness([
            .scripted("line", line, children: [.scripted("keep", keep), .scripted("drop", drop, dependsOn: ["keep"])])
        ])
        try await tree.pass(.seconds(1))
        let kept = tree.supervisor("line/keep")?.identity.id
        let spec = ChildSpec.scripted("line", line, children: [.scripted("add", add), .scripted("keep", keep)])
        tree.update("line", spec)
        try await tree.pass(.seconds(2))
        #expect(!drop.isRunning)
        #expect(tree.slot("line/drop") == nil)
        #expect(tree.supervisor("line/keep")?.identity.id == kept)
        #expect(keep.starts == 1)
        #expect(add.isRunning)
        #expect(tree.removals.map(\.path.name) == ["drop"])
    }

    @Test("a declaration that contradicts itself leaves everything as it was")
    func contradiction() async throws {
        let line = ScriptedWorld()
        let tree = TreeHarness([.scripted("line", line, children: [.scripted("a")])])
        try await tree.pass(.seconds(1))
        let loop: [ChildSpec] = [.scripted("a", dependsOn: ["b"]), .scripted("b", dependsOn: ["a"])]
        tree.update("line", .scripted("line", line, children: loop))
        try await tree.pass(.milliseconds(300))
        #expect(tree.slot("line/b") == nil)
        #expect(tree.state("line/a") == "running")
        let told = tree.events.contains { event in
            if case .decisionFailed(_, let error) = event { error.contains("a -> b -> a") } else { false }
        }
        #expect(told)
    }

    @Test("a child may ask for nothing of another name: two of one name are refused")
    func duplicate() async throws {
        let tree = TreeHarness([.scripted("line", children: [.scripted("a")])])
        try await tree.pass(.seconds(1))
        let error = #expect(throws: SupervisionError.self) { try tree.add(.scripted("a"), to: "line") }
        #expect(error?.code == .duplicateChild)
    }

    @Test("a state of the parent may ask for a child's last known state, also while that child is being repaired")
    func childState() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)], checks: [.scripted("child")])
        try await tree.pass(.seconds(1))
        world.setTrouble("down")
        try await tree.pass(.seconds(1))
        #expect(tree.root?.inputs.children.childState("child") != nil)
        #expect(tree.root?.inputs.children.childState("nobody") == nil)
    }

    @Test("a thousand idle children: a tick asks none of them and takes no action")
    func idle() async throws {
        let tree = TreeHarness((0..<1000).map { .scripted("c\($0)") })
        try await tree.pass(.seconds(5))
        tree.forgetEvents()
        let changes = tree.changes.count
        for _ in 0..<10 { tree.tickOnly(after: .milliseconds(100)) }
        #expect(tree.events.isEmpty)
        #expect(tree.changes.count == changes)
        #expect(tree.report().children.count == 1000)
        #expect(tree.report().children.count { $0.isReady } == 1000)
    }
}
