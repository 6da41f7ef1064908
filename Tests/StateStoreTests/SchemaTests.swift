import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: schema")
struct SchemaTests {
    @Test("is made in an empty file and in a database with nothing in it")
    func fresh() async throws {
        for makesDatabase in [false, true] {
            let stage = try Stage()
            try stage.directory.write([], to: "gatewarden.db")
            if makesDatabase {
                let connection = try SQLiteConnection(
                    path: stage.directory.path + "/gatewarden.db",
                    access: .readWrite
                )
                try connection.execute("PRAGMA journal_mode = WAL; VACUUM")
            }
            let store = try await stage.open()
            #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
            #expect(stage.log.quarantined.isEmpty)
            await store.close()
        }
    }

    @Test("of the current release is recognised by its number and by file(1)")
    func current() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        await store.close()
        let header = try stage.directory.read("gatewarden.db")
        #expect(header[60..<64].elementsEqual([0, 0, 0, UInt8(StoreSchema.current)]))
        #expect(header[68..<72].elementsEqual("GWST".utf8))
        let reopened = try await stage.open()
        await reopened.close()
        #expect(stage.log.events.isEmpty)
    }

    @Test("that is newer is refused, and the files stay as they are", arguments: [false, true])
    func newer(hasLog: Bool) async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        await store.close()
        do {
            let connection = try SQLiteConnection(path: stage.directory.path + "/gatewarden.db", access: .readWrite)
            connection.keepLogWhenClosing(hasLog)
            try connection.transaction { () throws(StoreError) in
                try connection.execute("CREATE TABLE later (x); PRAGMA user_version = \(StoreSchema.current + 1)")
                try Mark(name: StoreSchema.versionMark, value: StoreSchema.current + 1).write(on: connection)
            }
        }
        let names = ["gatewarden.db"] + (hasLog ? ["gatewarden.db-wal"] : [])
        let before = try names.map(stage.directory.read)
        #expect(!hasLog || !before[1].isEmpty)
        for _ in 0..<2 {
            let error = await #expect(throws: StoreError.self) { try await stage.open() }
            #expect(error?.code == .newerSchema)
            #expect(error?.message.contains("schema 2") ?? false)
        }
        #expect(try names.map(stage.directory.read) == before)
        #expect(stage.log.events.count == 1)
        #expect(stage.directory.names.filter { !$0.hasSuffix("-shm") } == names)
    }

    @Test("of another program is refused, and the file stays as it is")
    func foreign() async throws {
        let stage = try Stage()
        try stage.directory.write([], to: "gatewarden.db")
        do {
            let connection = try SQLiteConnection(path: stage.directory.path + "/gatewarden.db", access: .readWrite)
            try connection.execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
        }
        let before = try stage.directory.read("gatewarden.db")
        let error = await #expect(throws: StoreError.self) { try await stage.open() }
        #expect(error?.code == .foreignFile)
        #expect(try stage.directory.read("gatewarden.db") == before)
        #expect(stage.directory.names == ["gatewarden.db"])
    }

    @Test("tolerates what an operator added")
    func additions() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        await store.close()
        do {
            let connection = try SQLiteConnection(path: stage.directory.path + "/gatewarden.db", access: .readWrite)
            try connection.execute("CREATE INDEX mine ON document (sync_id); ANALYZE")
        }
        let reopened = try await stage.open()
        #expect(try await reopened.numbers(.desired) == ["line-1": 1])
        await reopened.close()
        #expect(stage.log.quarantined.isEmpty)
    }
}
