import Glibc
import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: damage")
struct DamageTests {
    private static let file = "gatewarden.db"

    /// Documents of every size: small ones, ones that fill a page, ones that overflow into several.
    private static func changes() -> [StoreChange] {
        (0..<40).flatMap { worker -> [StoreChange] in
            let text = String(repeating: "line \(worker) ", count: worker * worker / 4)
            return [.put(.identity(worker, worker)), .put(.desired(worker, worker, text: text))]
        }
    }

    /// A stage with a closed file, and what is in it.
    private func filled() async throws -> (stage: Stage, content: [String]) {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit(Self.changes()) == .durable)
        // Pages that were in use and are free.
        _ = await store.commit((30..<40).map { .remove(.numbered($0)) })
        let content = try await Self.content(of: store)
        await store.close()
        return (stage, content)
    }

    private static func content(of store: some TriangularStore) async throws -> [String] {
        try await store.changes(since: 0, limit: .max).map { "\($0.syncID) \($0.key) \($0.kind) \($0.content)" }
    }

    /// Opens a damaged file: either everything is as it was, or all of it was moved aside.
    ///
    /// - Returns: whether it was moved aside.
    private func check(
        _ damaged: [UInt8],
        _ stage: Stage,
        _ content: [String],
        _ comment: String
    ) async throws -> Bool {
        stage.directory.empty()
        try stage.directory.write(damaged, to: Self.file)
        let log = EventLog()
        let store = try await SQLiteTriangularStore.open(
            StoreSettings(directory: stage.directory.path),
            clock: stage.clock,
            wallClock: { Stage.time },
            listener: log
        )
        #expect(log.degradations == 0, "\(comment)")
        let found = try await Self.content(of: store)
        if log.quarantined.isEmpty {
            #expect(found == content, "\(comment)")
        } else {
            #expect(found.isEmpty, "\(comment)")
            #expect(stage.directory.names.contains { $0.hasPrefix("gatewarden.db.corrupt-") }, "\(comment)")
        }
        #expect(await store.commit([.put(.desired(1000, 1))]) == .durable, "\(comment)")
        await store.close()
        return !log.quarantined.isEmpty
    }

    @Test("of any byte of the header is noticed or harmless", arguments: [UInt8(0x01), 0x80, 0xFF])
    func header(mask: UInt8) async throws {
        let (stage, content) = try await filled()
        let intact = try stage.directory.read(Self.file)
        for offset in 0..<100 {
            var damaged = intact
            damaged[offset] ^= mask
            _ = try await check(damaged, stage, content, "byte \(offset)")
        }
    }

    @Test("of a byte in any page is noticed or harmless", arguments: [UInt64(1), 2, 3])
    func pages(seed: UInt64) async throws {
        let (stage, content) = try await filled()
        let intact = try stage.directory.read(Self.file)
        var random = SplitMix64(seed: seed)
        var quarantines = 0
        let pages = intact.count / 4096
        #expect(pages > 10)
        for page in 0..<pages {
            // The header of the page, the array of its cells, and anywhere.
            let ranges = [0..<8, 8..<24] + Array(repeating: 0..<4096, count: 4)
            let offsets = ranges.map { Int.random(in: $0, using: &random) }
            for offset in offsets {
                var damaged = intact
                damaged[page * 4096 + offset] ^= UInt8.random(in: 1...255, using: &random)
                let comment = "page \(page), byte \(offset)"
                if try await check(damaged, stage, content, comment) { quarantines += 1 }
            }
        }
        #expect(quarantines > pages)
    }

    @Test("of a truncated file is noticed, or the end was free space")
    func truncated() async throws {
        let (stage, content) = try await filled()
        let intact = try stage.directory.read(Self.file)
        for length in [1, 16, 99, 100, 512, 4095] + Array(stride(from: 4096, to: intact.count, by: 4096)) {
            #expect(try await check(Array(intact[..<length]), stage, content, "cut at \(length)"))
        }
        for cut in stride(from: 1, to: 4096, by: 97) {
            _ = try await check(Array(intact.dropLast(cut)), stage, content, "\(cut) bytes cut off")
        }
    }

    @Test("of a file that is no database at all is noticed")
    func noDatabase() async throws {
        let (stage, content) = try await filled()
        var random = SplitMix64(seed: 4)
        let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try await check(noise, stage, content, "noise"))
        #expect(try await check(Array("hello\n".utf8), stage, content, "text"))
        #expect(try await check([UInt8](repeating: 0, count: 8192), stage, content, "zeros"))
    }

    @Test("of a torn log loses at most what the tear covers, and never makes wrong documents")
    func tornLog() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        for number in 1...10 { #expect(await store.commit([.put(.desired(1, number))]) == .durable) }
        let database = try stage.directory.read(Self.file)
        let log = try stage.directory.read(Self.file + "-wal")
        let other = try Stage()
        var numbers: Set<Int> = []
        for length in Array(stride(from: 0, to: log.count, by: 509)) + [log.count] {
            other.directory.empty()
            try other.directory.write(database, to: Self.file)
            try other.directory.write(Array(log[..<length]), to: Self.file + "-wal")
            let reopened = try await other.open()
            let found = try await reopened.numbers(.desired)
            if let number = found["line-1"] {
                numbers.insert(number)
                #expect((1...10).contains(number), "cut at \(length)")
            }
            await reopened.close()
        }
        #expect(numbers == Set(1...10))
        #expect(other.log.quarantined.isEmpty)
        await store.close()
    }

    @Test("of a file that is empty or gone, although its log is not, is noticed", arguments: [false, true])
    func logWithoutFile(isGone: Bool) async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        let log = try stage.directory.read(Self.file + "-wal")
        let other = try Stage()
        try other.directory.write(log, to: Self.file + "-wal")
        if !isGone { try other.directory.write([], to: Self.file) }
        let reopened = try await other.open()
        #expect(other.log.quarantined.count == 1)
        #expect(try other.directory.read("gatewarden.db.corrupt-20261121T113000Z-wal") == log)
        await reopened.close()
        await store.close()
    }

    @Test("while the store runs moves the file aside and writes everything anew from memory")
    func whileRunning() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit(Self.changes()) == .durable)
        store.note(.observed(3, 33), isUrgent: false)
        let path = stage.directory.path + "/" + Self.file
        do {
            // A change from elsewhere makes the store's connection forget the pages that it has in memory.
            let connection = try SQLiteConnection(path: path, access: .readWrite)
            try connection.execute("CREATE TABLE other (x)")
            try connection.checkpoint()
        }
        var damaged = try stage.directory.read(Self.file)
        for index in 4096..<damaged.count { damaged[index] ^= 0xA5 }
        let descriptor = open(path, O_WRONLY)
        #expect(pwrite(descriptor, damaged, damaged.count, 0) == damaged.count)
        close(descriptor)
        #expect(await store.commit([.put(.desired(0, 999))]) == .durable)
        #expect(stage.log.quarantined.count == 1)
        #expect(store.figures.quarantines == 1)
        let content = try await Self.content(of: store)
        await store.close()
        let reopened = try await stage.open()
        #expect(try await reopened.numbers(.desired)["line-0"] == 999)
        #expect(try await reopened.numbers(.observed) == ["line-3": 33])
        #expect(try await reopened.changes(since: 0, limit: .max).count == content.count)
        await reopened.close()
    }

    @Test("that takes the whole file away is repaired from memory")
    func deleted() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit(Self.changes()) == .durable)
        stage.directory.empty()
        #expect(await store.commit([.put(.desired(0, 999))]) == .durable)
        let content = try await Self.content(of: store)
        await store.close()
        let reopened = try await stage.open()
        #expect(try await Self.content(of: reopened) == content)
        await reopened.close()
    }

    @Test("of a row of another prefix is noticed, too")
    func otherPrefix() async throws {
        let stage = try Stage()
        let store = try await stage.open(prefix: "other_")
        #expect(await store.commit([.put(.desired(1, 123_456))]) == .durable)
        await store.close()
        var damaged = try stage.directory.read(Self.file)
        let place = try #require(damaged.indices.first { damaged[$0...].starts(with: "123456".utf8) })
        damaged[place] = UInt8(ascii: "9")
        try stage.directory.write(damaged, to: Self.file)
        let reopened = try await stage.open()
        #expect(stage.log.quarantined.count == 1)
        await reopened.close()
    }
}
