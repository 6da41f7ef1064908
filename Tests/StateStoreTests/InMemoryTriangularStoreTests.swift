import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: in memory")
struct InMemoryTriangularStoreTests {
    @Test("reads what was committed and noted, like the one on disk")
    func semantics() async throws {
        let stage = try Stage()
        let memory = InMemoryTriangularStore(wallClock: { Stage.time })
        let disk = try await stage.open()
        let stores: [any TriangularStore] = [memory, disk]
        for store in stores {
            _ = await store.commit([.put(.desired(1, 1)), .put(.identity(1, 1)), .put(.desired(2, 1))])
            store.note(.observed(2, 1), isUrgent: false)
            store.note(.observed(1, 1), isUrgent: true)
            _ = try await store.newestID()
            store.note(.observed(1, 1), isUrgent: false)
            store.note(.observed(2, 2), isUrgent: false)
            _ = await store.commit([.put(.desired(1, 2)), .put(.desired(2, 1))])
            _ = await store.commit([.remove(.numbered(1)), .put(.desired(3, 1))])
        }
        let found = try await memory.changes(since: 0, limit: .max)
        let expected = try await disk.changes(since: 0, limit: .max)
        #expect(found.map(\.content) == expected.map(\.content))
        #expect(found.map(\.key) == expected.map(\.key))
        #expect(found.map(\.kind) == expected.map(\.kind))
        await disk.close()
    }

    @Test("says that it keeps nothing, or what it is told to say")
    func answers() async throws {
        let silent = InMemoryTriangularStore(wallClock: { Stage.time })
        #expect(await silent.commit([.put(.desired(1, 1))]) == .inMemory("the configuration has no store"))
        let confident = InMemoryTriangularStore(answering: .durable, wallClock: { Stage.time })
        #expect(await confident.commit([.put(.desired(1, 1))]) == .durable)
    }

    @Test("begins its sync ids behind those of an earlier start")
    func ids() async throws {
        let first = InMemoryTriangularStore(wallClock: { .seconds(100) })
        _ = await first.commit([.put(.desired(1, 1))])
        let second = InMemoryTriangularStore(wallClock: { .seconds(101) })
        _ = await second.commit([.put(.desired(1, 1))])
        let firstID = try await first.newestID()
        #expect(try await second.newestID() > firstID)
    }
}
