import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: restart") struct RestartScenarioTests {
    @Test("a child restart gives a new id, keeps the specification, and leaves the siblings alone")
    func childRestart() async throws {
        let world = ScriptedWorld()
        let spec = ChildSpec.scripted("child", world, stateMapping: ["stopping": .stopped])
        let tree = TreeHarness([spec, .scripted("sibling")])
        try await tree.pass(.seconds(1))
        let before = tree.supervisor("child")?.identity.id
        let sibling = tree.supervisor("sibling")?.identity.id
        tree.command(.restart, "child")
        try await tree.pass(.seconds(1))
        #expect(tree.state("child") == "running")
        #expect(tree.supervisor("child")?.identity.id != before)
        #expect(tree.slot("child")?.spec == spec)
        #expect(tree.supervisor("sibling")?.identity.id == sibling)
    }

    @Test("two requests while a child is being restarted are one restart, and the second is told as a duplicate")
    func deduplicated() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.seconds(1))
        tree.command(.restart, "child")
        tree.command(.restart, "child")
        try await tree.pass(.seconds(1))
        let requests = tree.events.compactMap { event -> Bool? in
            if case .restartRequested(_, let isDuplicate) = event { isDuplicate } else { nil }
        }
        #expect(requests == [false, true])
        #expect(world.starts == 2)
    }

    @Test("a child is restarted while an action of its parent runs, well within thirty seconds, and the action goes on")
    func duringParentAction() async throws {
        let parent = ScriptedWorld()
        let child = ScriptedWorld()
        let tree = TreeHarness([.scripted("line", parent, children: [.scripted("child", child)])])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/line"]
        parent.crash()
        try await tree.tick()
        #expect(tree.inProgress.map(\.path.description) == ["gateway/line"])
        let before = tree.supervisor("line/child")?.identity.id
        tree.command(.restart, "line/child")
        try await tree.pass(.seconds(2))
        #expect(tree.state("line/child") == "running")
        #expect(tree.supervisor("line/child")?.identity.id != before)
        #expect(tree.inProgress.map(\.path.description) == ["gateway/line"])
    }

    @Test("a parent restart stops the children first, makes them anew with fresh ids, and closes the circuit")
    func parentRestart() async throws {
        let broker = ScriptedWorld()
        let tree = TreeHarness([
            .scripted(
                "line",
                children: [.scripted("broker", broker), .scripted("flow", dependsOn: ["broker"])],
                checks: [.scripted("broker")]
            )
        ])
        try await tree.pass(.seconds(1))
        let ids = ["line", "line/broker", "line/flow"].map { tree.supervisor($0)?.identity.id }
        broker.setTrouble("down")
        try await tree.pass(.seconds(2))
        tree.forgetEvents()
        tree.command(.restart, "line")
        broker.setTrouble(nil)
        try await tree.pass(.seconds(2))
        let stops = tree.enqueued.filter { $0.hasSuffix("stop") }
        #expect(stops.last == "line stop")
        #expect(stops.firstIndex(of: "flow stop") ?? 9 < stops.firstIndex(of: "broker stop") ?? 0)
        for (path, old) in zip(["line", "line/broker", "line/flow"], ids) {
            #expect(tree.state(path) == "running")
            #expect(tree.supervisor(path)?.identity.id != old)
        }
        #expect(tree.supervisor("line")?.health.circuit.incident == nil)
    }

    @Test("nothing of a replaced subtree is left behind: each supervisor that was made is removed or lives")
    func nothingLeaks() async throws {
        let tree = TreeHarness([.scripted("line", children: [.scripted("read"), .scripted("write")])])
        try await tree.pass(.seconds(1))
        for _ in 0..<5 {
            tree.command(.restart, "line")
            try await tree.pass(.seconds(2))
        }
        var living = 0
        for event in tree.events {
            switch event {
            case .childCreated: living += 1
            case .childRemoved: living -= 1
            default: continue
            }
        }
        #expect(living == 4)
    }

    @Test("the root can be restarted, and its children with it")
    func rootRestart() async throws {
        let tree = TreeHarness([.scripted("child")])
        try await tree.pass(.seconds(1))
        let before = tree.root?.identity.id
        tree.command(.restart, "")
        try await tree.pass(.seconds(2))
        #expect(tree.root?.identity.id != before)
        #expect(tree.state("child") == "running")
    }

    @Test("an operator's stop of a grandchild outlives the restart of the subtree around it")
    func heldBelow() async throws {
        let tree = TreeHarness([.scripted("line", children: [.scripted("read"), .scripted("write")])])
        try await tree.pass(.seconds(1))
        tree.command(.stop, "line/read")
        try await tree.pass(.seconds(1))
        tree.command(.restart, "line")
        try await tree.pass(.seconds(2))
        #expect(tree.state("line/write") == "running")
        #expect(tree.state("line/read") == "stopped")
    }

    @Test("a whole subtree is back within two minutes after a restart with active children, with the default delays")
    func bound() async throws {
        let worlds = (0..<5).map { _ in ScriptedWorld() }
        let names = worlds.indices.map { "c\($0)" }
        let tree = TreeHarness(
            [
                .scripted(
                    "line",
                    children: zip(names, worlds).map { name, world in
                        .scripted(name, world, dependsOn: name == "c0" ? [] : ["c0"])
                    }
                )
            ],
            settings: SupervisionSettings()
        )
        try await tree.pass(.seconds(2))
        for world in worlds { world.failStarts(5) }
        tree.command(.restart, "line")
        let begun = tree.now
        while tree.state("line/c4") != "running" || tree.supervisor("line/c4")?.isReady != true {
            try await tree.pass(.milliseconds(100))
            guard begun.duration(to: tree.now) < .seconds(120) else { break }
        }
        #expect(names.allSatisfy { tree.supervisor("line/\($0)")?.isReady == true })
        #expect(begun.duration(to: tree.now) < .seconds(120))
    }
}
