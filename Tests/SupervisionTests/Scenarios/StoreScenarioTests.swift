import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: store") struct StoreScenarioTests {
    private func key(_ path: String) -> WorkerKey {
        WorkerKey(type: ScriptedWorker.type, path: HierarchyPath(root: path))
    }

    @Test("nothing is acted on before the store has the documents, but not for longer than two seconds")
    func durability() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        tree.isStoreQuick = false
        try await tree.pass(.milliseconds(1500))
        #expect(world.starts == 0)
        try await tree.pass(.seconds(3))
        #expect(world.starts == 1)
    }

    @Test("each child's identity and desired document are handed to the store when it is made, and again when replaced")
    func documents() async throws {
        let tree = TreeHarness([.scripted("child")])
        try await tree.pass(.seconds(1))
        #expect(tree.documentKinds(of: "gateway/child") == [.identity, .desired])
        tree.command(.restart, "child")
        try await tree.pass(.seconds(1))
        let kinds = tree.documentKinds(of: "gateway/child")
        #expect(kinds.count { $0 == .identity } == 2)
    }

    @Test("an operator's stop is handed to the store as the desired state, and the start as well")
    func operatorStop() async throws {
        let tree = TreeHarness([.scripted("child")])
        try await tree.pass(.seconds(1))
        tree.command(.stop, "child")
        _ = await tree.store.commit(tree.changes)
        #expect(tree.store.json(.desired, of: key("gateway/child"))?.contains(#""state":"stopped""#) == true)
        tree.command(.start, "child")
        _ = await tree.store.commit(tree.changes)
        #expect(tree.store.json(.desired, of: key("gateway/child"))?.contains(#""state":"running""#) == true)
    }

    @Test("what an earlier run has left is gone on with: operators' stops, and ids that never come twice")
    func savedTree() async throws {
        let first = TreeHarness([.scripted("held"), .scripted("child")])
        try await first.pass(.seconds(1))
        first.command(.stop, "held")
        _ = await first.store.commit(first.changes)
        let saved = try await SavedTree(from: first.store)
        #expect(saved.known.count == 3)

        let second = TreeHarness([.scripted("held"), .scripted("child")], saved: saved)
        try await second.pass(.seconds(1))
        #expect(second.state("held") == "stopped")
        #expect(second.state("child") == "running")
        let ids = ["", "held", "child"].compactMap { second.supervisor($0)?.identity.id.number }
        #expect(ids.allSatisfy { $0 > saved.lastInstance })
    }

    @Test("the documents of a child that is removed for good are taken away")
    func removal() async throws {
        let line = ScriptedWorld()
        let tree = TreeHarness([.scripted("line", line, children: [.scripted("a"), .scripted("b")])])
        try await tree.pass(.seconds(1))
        tree.update("line", .scripted("line", line, children: [.scripted("a")]))
        try await tree.pass(.seconds(1))
        #expect(tree.removals.map(\.path.description) == ["gateway/line/b"])
    }
}
