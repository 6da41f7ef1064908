import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: sync ids")
struct SyncIDTests {
    @Test("grow with every change and tell a reader what has changed since")
    func changes() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        _ = await store.commit([.put(.desired(1, 1)), .put(.desired(2, 1))])
        let seen = try await store.newestID()
        store.note(.observed(1, 5), isUrgent: false)
        _ = await store.commit([.put(.desired(1, 2)), .put(.desired(2, 1))])
        let changes = try await store.changes(since: seen, limit: 10)
        #expect(changes.map(\.kind) == [.desired, .observed])
        #expect(changes.map(\.key) == [.numbered(1), .numbered(1)])
        #expect(try await store.changes(since: seen, limit: 1).map(\.kind) == [.desired])
        #expect(try await store.changes(since: changes[1].syncID, limit: 10).isEmpty)
        #expect(try await store.changes(since: 0, limit: 0).isEmpty)
        await store.close()
    }

    @Test("are never handed out twice, also not those of documents that the disk never saw")
    func unwritten() async throws {
        let stage = try Stage()
        var newest: Int64 = 0
        for round in 0..<5 {
            // A clock that stands still, so that only the file can know.
            let store = try await stage.open(time: .zero)
            let first = try await store.newestID()
            store.note(.observed(1, round), isUrgent: false)
            let next = try await store.newestID()
            #expect(next > newest)
            #expect(next > first)
            newest = next
        }
    }

    @Test("go on behind those of a lost file")
    func lostFile() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        _ = await store.commit([.put(.desired(1, 1))])
        let newest = try await store.newestID()
        await store.close()
        stage.directory.empty()
        let fresh = try await stage.open(time: Stage.time + .seconds(60))
        _ = await fresh.commit([.put(.desired(1, 1))])
        #expect(try await fresh.newestID() > newest)
        await fresh.close()
    }

    @Test("ride along with transactions: a block is reserved once for many commits")
    func reservation() throws {
        var ids = SyncIDs()
        ids.resume(after: 0, wallClock: .zero)
        #expect(ids.reservationDue == SyncIDs.block)
        #expect(!ids.covers(1))
        ids.reserved(through: SyncIDs.block)
        #expect(ids.reservationDue == nil)
        for _ in 0...SyncIDs.block / 2 { _ = ids.next() }
        #expect(ids.reservationDue == ids.last + SyncIDs.block)
        #expect(ids.covers(1000))
    }

    @Test(
        "begin behind the file's and the clock's, whichever is more, and never with nonsense",
        arguments: [
            (used: Int64(0), clock: Duration.seconds(5), first: Int64(5001)),
            (used: 9000, clock: .seconds(5), first: 9001),
            (used: 3, clock: .seconds(-5), first: 4),
            (used: 3, clock: .seconds(Int64.max), first: 4),
            (used: 0, clock: .seconds(Int64.max / 1000), first: (1 << 52) + 1),
        ]
    )
    func start(_ scenario: (used: Int64, clock: Duration, first: Int64)) {
        var ids = SyncIDs()
        ids.resume(after: scenario.used, wallClock: scenario.clock)
        let first = ids.next()
        #expect(first == scenario.first)
    }
}
