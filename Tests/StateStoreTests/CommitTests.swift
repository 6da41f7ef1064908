import Glibc
import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: commits")
struct CommitTests {
    struct Broken: Encodable, Sendable {
        func encode(to encoder: any Encoder) throws {
            throw EncodingError.invalidValue(0, .init(codingPath: [], debugDescription: "never encodes"))
        }
    }

    @Test("creates its directory and file for its user alone")
    func permissions() async throws {
        let stage = try Stage()
        let store = try await stage.open("/data/gateway")
        for (path, mode) in [("/data", 0o700), ("/data/gateway", 0o700), ("/data/gateway/gatewarden.db", 0o600)] {
            var status = stat()
            #expect(stat(stage.directory.path + path, &status) == 0)
            #expect(status.st_mode & 0o777 == mode_t(mode))
        }
        await store.close()
        #expect(TemporaryDirectory.names(in: stage.directory.path + "/data/gateway") == ["gatewarden.db"])
    }

    @Test("are there after reopening, with their sync ids and times")
    func reopening() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.identity(1, 10)), .put(.desired(1, 20)), .put(.desired(2, 30))]) == .durable)
        let before = try await store.changes(since: 0, limit: 10)
        #expect(await store.close() == .durable)

        let reopened = try await stage.open(time: Stage.time + .seconds(100))
        let after = try await reopened.changes(since: 0, limit: 10)
        #expect(after.map(\.syncID) == before.map(\.syncID))
        #expect(after.map(\.content) == before.map(\.content))
        #expect(after.map(\.changedAt) == [Stage.time, Stage.time, Stage.time])
        #expect(try await reopened.numbers(.desired) == ["line-1": 20, "line-2": 30])
        await reopened.close()
    }

    @Test("are there after reopening although the store was never closed")
    func abandoned() async throws {
        let stage = try Stage()
        #expect(try await stage.open().commit([.put(.desired(1, 5))]) == .durable)
        let reopened = try await stage.open()
        #expect(try await reopened.numbers(.desired) == ["line-1": 5])
        await reopened.close()
    }

    @Test("take effect in their order, and a removal takes all three documents")
    func order() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        store.note(.observed(1, 1), isUrgent: false)
        let changes: [StoreChange] = [
            .put(.identity(1, 1)), .put(.desired(1, 1)), .remove(.numbered(1)), .put(.desired(1, 2)),
            .put(.desired(2, 1)), .put(.desired(2, 2)),
        ]
        #expect(await store.commit(changes) == .durable)
        #expect(try await store.numbers(.desired) == ["line-1": 2, "line-2": 2])
        #expect(try await store.numbers(.identity).isEmpty)
        #expect(try await store.numbers(.observed).isEmpty)
        #expect(await store.commit([.remove(.numbered(2))]) == .durable)
        await store.close()
        let reopened = try await stage.open()
        #expect(try await reopened.numbers(.desired) == ["line-1": 2])
        await reopened.close()
    }

    @Test("of unchanged documents write nothing and change no sync id")
    func unchanged() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        let figures = store.figures
        let id = try await store.newestID()
        for _ in 0..<10 { #expect(await store.commit([.put(.desired(1, 1))]) == .durable) }
        #expect(try await store.newestID() == id)
        #expect(store.figures == figures)
        await store.close()
    }

    @Test("that queue up while a transaction runs share the next one")
    func group() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        await withTaskGroup(of: Durability.self) { group in
            for worker in 0..<200 { group.addTask { await store.commit([.put(.desired(worker, worker))]) } }
            for await durability in group { #expect(durability == .durable) }
        }
        #expect(try await store.documents(.desired, as: Sample.self).count == 200)
        #expect(store.figures.writes == stage.log.commits)
        await store.close()
        let reopened = try await stage.open()
        #expect(try await reopened.documents(.desired, as: Sample.self).count == 200)
        await reopened.close()
    }

    @Test("that wait when one of them is served are one transaction")
    func oneTransaction() async throws {
        let stage = try Stage()
        let mailbox = StoreMailbox(writeBehind: WriteBehind(interval: .seconds(30))) {}
        let engine = StoreEngine(
            settings: StoreSettings(directory: stage.directory.path),
            mailbox: mailbox,
            listener: stage.log,
            times: StoreTimes(now: { .start }, wallClock: { Stage.time })
        )
        try await engine.start()
        let tickets = (0..<5).map { mailbox.commit([.put(.desired($0, $0))], at: Stage.time) }
        for ticket in tickets { #expect(await engine.outcome(of: ticket) == .durable) }
        #expect(mailbox.figures.writes == 1)
        _ = await engine.close()
    }

    @Test("leave out a document that cannot be JSON, say so, and keep the earlier one")
    func unencodable() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        let broken = Document(.desired, of: .numbered(1), Broken())
        let durability = await store.commit([.put(broken), .put(.desired(2, 2))])
        guard case .inMemory(let reason) = durability else {
            Issue.record("\(durability)")
            return
        }
        #expect(reason.contains("desired document of process gateway/line-1"))
        #expect(try await store.numbers(.desired) == ["line-1": 1, "line-2": 2])
        #expect(store.figures.rejections == 1)
        #expect(store.figures.degradedReason == nil)
        await store.close()
    }

    @Test("name the document that cannot be read as the wanted type")
    func undecodable() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        _ = await store.commit([.put(Document(.desired, of: .numbered(7), ["a": 1]))])
        let error = await #expect(throws: StoreError.self) { try await store.documents(.desired, as: Sample.self) }
        #expect(error?.code == .undecodableDocument)
        #expect(error?.message.contains("gateway/line-7") ?? false)
        await store.close()
    }

    @Test("keep numbers that JSON does not know, text with zeros and long documents")
    func content() async throws {
        struct Odd: Codable, Equatable, Sendable {
            var infinite = Double.infinity
            var text = "a\0b \u{1F600} e\u{301}"
            var long = String(repeating: "0123456789", count: 5000)
        }
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(Document(.desired, of: .numbered(1), Odd()))]) == .durable)
        await store.close()
        let reopened = try await stage.open()
        #expect(try await reopened.documents(.desired, as: Odd.self).map(\.content) == [Odd()])
        await reopened.close()
    }

    @Test("after closing stay in memory and say so; closing twice does nothing")
    func closed() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.close() == .durable)
        #expect(await store.close() == .inMemory("the store is closed"))
        #expect(await store.commit([.put(.desired(1, 1))]) == .inMemory("the store is closed"))
        #expect(try await store.numbers(.desired) == ["line-1": 1])
        #expect(stage.log.degradations == 0)
    }
}
