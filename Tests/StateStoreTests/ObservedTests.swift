import Supervision
import SupervisionTesting
import Testing

@testable import StateStore

@Suite("StateStore: observed documents")
struct ObservedTests {
    private static func isFlush(_ event: StoreEvent) -> Bool {
        if case .flushed = event { true } else { false }
    }

    @Test("are read at once and written after the interval")
    func writeBehind() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        let loop = Task { await store.run() }
        store.note(.observed(1, 1), isUrgent: false)
        store.note(.observed(1, 2), isUrgent: false)
        #expect(try await store.numbers(.observed) == ["line-1": 2])
        #expect(store.figures.dirtyDocuments == 1)
        #expect(stage.log.flushes == 0)
        stage.clock.advance(by: .seconds(30))
        let event = await stage.log.next(after: 0, where: Self.isFlush)
        guard case .flushed(let documents, let bytes, _) = event else { return }
        #expect(documents == 1)
        #expect(bytes > 0)
        loop.cancel()
        await loop.value
        #expect(store.figures.dirtyDocuments == 0)
        #expect(store.figures.flushes == 1)
        // Without closing: what was flushed is on disk.
        let reopened = try await stage.open()
        #expect(try await reopened.numbers(.observed) == ["line-1": 2])
        await reopened.close()
        await store.close()
    }

    @Test("of a worker whose state has changed are written at once, and the others stay behind")
    func urgent() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        store.note(.observed(1, 1), isUrgent: false)
        store.note(.observed(2, 2), isUrgent: true)
        let loop = Task { await store.run() }
        _ = await stage.log.next(after: 0, where: Self.isFlush)
        #expect(store.figures.dirtyDocuments == 1)
        stage.clock.advance(by: .seconds(30))
        _ = await stage.log.next(after: 1, where: Self.isFlush)
        #expect(store.figures.dirtyDocuments == 0)
        loop.cancel()
        await loop.value
        await store.close()
    }

    @Test("of a hundred idle workers cost no byte in an hour")
    func idle() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        for worker in 0..<100 { store.note(.observed(worker, 7), isUrgent: false) }
        #expect(store.figures.dirtyDocuments == 100)
        await store.flush()
        let before = store.figures
        for _ in 0..<120 {
            for worker in 0..<100 { store.note(.observed(worker, 7), isUrgent: false) }
            await store.flush()
            #expect(store.figures.dirtyDocuments == 0)
        }
        #expect(store.figures.bytesWritten == before.bytesWritten)
        #expect(store.figures.writes == before.writes)
        await store.close()
    }

    @Test("that return to what is on disk are not written again")
    func returning() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        store.note(.observed(1, 1), isUrgent: false)
        await store.flush()
        let writes = store.figures.writes
        store.note(.observed(1, 2), isUrgent: false)
        let second = try await store.newestID()
        store.note(.observed(1, 1), isUrgent: false)
        #expect(try await store.newestID() > second)
        await store.flush()
        #expect(store.figures.writes == writes)
        await store.close()
    }

    @Test("are all written when the store closes")
    func closing() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        for worker in 0..<50 { store.note(.observed(worker, worker), isUrgent: false) }
        #expect(await store.close() == .durable)
        let reopened = try await stage.open()
        #expect(try await reopened.documents(.observed, as: Sample.self).count == 50)
        await reopened.close()
    }

    @Test("get new sync ids from a reopened file, so that a reader of lost versions hears of them")
    func lostVersions() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        store.note(.observed(1, 1), isUrgent: false)
        await store.flush()
        store.note(.observed(1, 2), isUrgent: false)
        let seen = try await store.newestID()
        // The second version never reaches the disk.
        let reopened = try await stage.open()
        let changes = try await reopened.changes(since: seen, limit: 10)
        #expect(changes.map(\.content) == [#"{"name":"sample","number":1,"text":""}"#])
        await reopened.close()
    }

    @Test("that are noted after a commit win over it, and those before it lose")
    func orderWithCommits() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        store.note(.observed(1, 1), isUrgent: false)
        store.note(.observed(2, 1), isUrgent: false)
        #expect(await store.commit([.remove(.numbered(1)), .put(.observed(2, 2))]) == .durable)
        #expect(try await store.numbers(.observed) == ["line-2": 2])
        store.note(.observed(2, 3), isUrgent: false)
        #expect(try await store.numbers(.observed) == ["line-2": 3])
        await store.close()
    }

    @Test("from many threads at once are all there")
    func threads() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<20 {
                group.addTask {
                    for number in 1...50 { store.note(.observed(worker, number), isUrgent: number % 7 == 0) }
                }
            }
        }
        #expect(try await store.numbers(.observed).values.allSatisfy { $0 == 50 })
        await store.close()
    }
}
