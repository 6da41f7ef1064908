import Supervision
import SupervisionTesting
import Testing

@testable import StateStore

@Suite("StateStore: a disk in trouble", .enabled(if: Mount.isPermitted, "mounting a small tmpfs needs privileges"))
struct TroubleTests {
    @Test("that is full leaves commits in memory, and gets everything once there is room")
    func full() async throws {
        let stage = try Stage()
        let mount = try Mount(at: stage.directory.path + "/disk", kibibytes: 512)
        let store = try await stage.open("/disk")
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        mount.fill()
        let text = String(repeating: "x", count: 20_000)
        var reasons: Set<String> = []
        for worker in 2..<20 {
            if case .inMemory(let reason) = await store.commit([.put(.desired(worker, worker, text: text))]) {
                reasons.insert(reason)
            }
        }
        #expect(reasons.count == 1)
        #expect(reasons.first?.contains("full") ?? false)
        #expect(stage.log.degradations == 1)
        #expect(store.figures.degradedReason == reasons.first)
        #expect(store.figures.dirtyDocuments > 0)
        #expect(try await store.numbers(.desired).count == 19)
        // Removing what never reached the disk must not confuse the catching-up.
        _ = await store.commit([.remove(.numbered(19)), .remove(.numbered(1))])
        mount.makeRoom()
        #expect(await store.commit([.put(.desired(2, 22, text: text))]) == .durable)
        #expect(stage.log.restorations == 1)
        #expect(store.figures.degradedReason == nil)
        #expect(store.figures.dirtyDocuments == 0)
        await store.close()
        let reopened = try await stage.open("/disk")
        let numbers = try await reopened.numbers(.desired)
        #expect(numbers.count == 17)
        #expect(numbers["line-2"] == 22)
        await reopened.close()
        #expect(stage.log.quarantined.isEmpty)
    }

    @Test("that is full is tried again by the write-behind loop, with backoff")
    func retry() async throws {
        let stage = try Stage()
        let mount = try Mount(at: stage.directory.path + "/disk", kibibytes: 512)
        let store = try await stage.open("/disk")
        mount.fill()
        let text = String(repeating: "x", count: 60_000)
        guard case .inMemory = await store.commit([.put(.desired(1, 1, text: text))]) else {
            Issue.record("the commit was durable on a full disk")
            return
        }
        mount.makeRoom()
        let loop = Task { await store.run() }
        stage.clock.advance(by: .seconds(1))
        _ = await stage.log.next(after: 0) { if case .restored = $0 { true } else { false } }
        loop.cancel()
        await loop.value
        #expect(store.figures.dirtyDocuments == 0)
        await store.close()
    }

    @Test("that is full from the start begins in memory")
    func fullAtStart() async throws {
        let stage = try Stage()
        let mount = try Mount(at: stage.directory.path + "/disk", kibibytes: 256)
        mount.fill()
        let store = try await stage.open("/disk")
        #expect(store.figures.degradedReason != nil)
        _ = await store.commit([.put(.desired(1, 1))])
        mount.makeRoom()
        await store.flush()
        #expect(store.figures.degradedReason == nil)
        #expect(stage.log.restorations == 1)
        await store.close()
        let reopened = try await stage.open("/disk")
        #expect(try await reopened.numbers(.desired) == ["line-1": 1])
        await reopened.close()
    }

    @Test("that is read-only from the start begins in memory, and meets what is on it later")
    func readOnly() async throws {
        let stage = try Stage()
        let mount = try Mount(at: stage.directory.path + "/disk", kibibytes: 512)
        let earlier = try await stage.open("/disk", time: .zero)
        let changes: [StoreChange] = (1...4).map { .put(.desired($0, $0)) }
        #expect(await earlier.commit(changes + [.put(.observed(4, 4))]) == .durable)
        let used = try await earlier.newestID()
        await earlier.close()

        try mount.set(readOnly: true)
        let store = try await stage.open("/disk", time: .zero)
        #expect(stage.log.degradations == 1)
        guard case .inMemory(let reason) = await store.commit([.put(.desired(1, 11)), .remove(.numbered(2))]) else {
            Issue.record("the commit was durable on a read-only disk")
            return
        }
        #expect(!reason.isEmpty)
        store.note(.observed(4, 44), isUrgent: false)
        #expect(try await store.numbers(.desired) == ["line-1": 11])
        try mount.set(readOnly: false)
        await store.flush()
        #expect(stage.log.restorations == 1)
        #expect(try await store.numbers(.desired) == ["line-1": 11, "line-3": 3, "line-4": 4])
        #expect(try await store.numbers(.observed) == ["line-4": 44])
        // A reader of the earlier life hears of both.
        #expect(try await store.changes(since: used, limit: 10).map(\.key.path.name).sorted() == ["line-1", "line-4"])
        await store.close()
        let reopened = try await stage.open("/disk")
        #expect(try await reopened.numbers(.desired) == ["line-1": 11, "line-3": 3, "line-4": 4])
        await reopened.close()
        #expect(stage.log.quarantined.isEmpty)
    }

    @Test("with a damaged file that cannot be moved aside begins in memory, and repairs it later")
    func damagedAndReadOnly() async throws {
        let stage = try Stage()
        let mount = try Mount(at: stage.directory.path + "/disk", kibibytes: 512)
        try stage.directory.write(Array(repeating: 7, count: 5000), to: "disk/gatewarden.db")
        try mount.set(readOnly: true)
        let store = try await stage.open("/disk")
        #expect(stage.log.degradations == 1)
        #expect(stage.log.quarantined.isEmpty)
        try mount.set(readOnly: false)
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        #expect(stage.log.quarantined.count == 1)
        await store.close()
    }
}
