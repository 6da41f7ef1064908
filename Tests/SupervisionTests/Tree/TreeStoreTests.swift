import SupervisionTesting
import Testing

@testable import Supervision

@Suite("A running tree: documents in the store", .timeLimit(.minutes(1))) struct TreeStoreTests {
    private let store = RecordingStore()
    private let world = ScriptedWorld()
    private let child = HierarchyPath(root: "gateway/child")

    @Test("an operator's stop returns only once the store has it")
    func durableStop() async throws {
        let fixture = TreeFixture(store: store)
        let tree = fixture.makeTree([.scripted("child", world)])
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "child")
        store.holdCommits()
        // What the store has at the moment of the return.
        let command = Task {
            try await tree.perform(.stop, on: child)
            return desired(fixture)
        }
        await fixture.wait { store.heldCount == 1 }
        await fixture.log.waitForState("stopped", of: "child")
        #expect(desired(fixture)?.contains(#""state":"running""#) == true)
        store.releaseCommits()
        #expect(try await command.value?.contains(#""state":"stopped""#) == true)
        await tree.shutDown()
        try await run.value
    }

    @Test("a store that can keep things in memory only does not hold up supervision")
    func inMemory() async throws {
        let fixture = TreeFixture(store: store)
        store.fail("disk full")
        let tree = fixture.makeTree([.scripted("child", world)])
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "child")
        world.crash()
        await fixture.log.waitForState("running", of: "child")
        try await tree.perform(.stop, on: child)
        await fixture.log.waitForState("stopped", of: "child")
        #expect(fixture.clock.now == .start)
        await tree.shutDown()
        try await run.value
    }

    @Test("an operator's stop holds in the next run, and ids go on counting")
    func nextRun() async throws {
        let first = TreeFixture(store: store)
        let tree = first.makeTree([.scripted("child", world), .scripted("other")])
        let run = Task { try await tree.run() }
        await first.log.waitForState("running", of: "child")
        let before = try #require(await tree.report()?.children.compactMap(\.id?.number).max())
        try await tree.perform(.stop, on: child)
        await tree.shutDown()
        try await run.value

        let second = TreeFixture(store: store)
        let next = second.makeTree([.scripted("child", world), .scripted("other")])
        let nextRun = Task { try await next.run() }
        await second.log.waitForState("running", of: "other")
        let report = try #require(await next.report()?.children.first)
        #expect(report.state == "stopped")
        #expect(report.desired == .stopped)
        #expect(report.reason == "stopped by an operator")
        #expect(world.starts == 1)
        #expect(try #require(report.id).number > before)
        await next.shutDown()
        try await nextRun.value
    }

    @Test("what an earlier run has left of workers that are no longer declared is removed")
    func undeclared() async throws {
        let first = TreeFixture(store: store)
        let tree = first.makeTree([.scripted("child", world), .scripted("gone")])
        let run = Task { try await tree.run() }
        await first.log.waitForState("running", of: "gone")
        await tree.shutDown()
        try await run.value
        #expect(store.keys == [first.key("gateway"), first.key("gateway/child"), first.key("gateway/gone")])

        let second = TreeFixture(store: store)
        let next = second.makeTree([.scripted("child", world)])
        let nextRun = Task { try await next.run() }
        await second.log.waitForState("running", of: "child")
        await next.shutDown()
        try await nextRun.value
        #expect(store.keys == [first.key("gateway"), first.key("gateway/child")])
    }

    private func desired(_ fixture: TreeFixture) -> String? {
        store.json(.desired, of: fixture.key("gateway/child"))
    }
}
