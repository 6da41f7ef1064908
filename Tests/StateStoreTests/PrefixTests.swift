import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: prefixes")
struct PrefixTests {
    @Test("of one file never meet, also when both are open")
    func isolation() async throws {
        let stage = try Stage()
        let first = try await stage.open(prefix: "a_")
        let second = try await stage.open(prefix: "b_")
        #expect(await first.commit([.put(.desired(1, 1)), .put(.identity(1, 1))]) == .durable)
        #expect(await second.commit([.put(.desired(1, 2))]) == .durable)
        #expect(await first.commit([.put(.desired(3, 3))]) == .durable)
        #expect(await second.commit([.remove(.numbered(1)), .put(.desired(2, 2))]) == .durable)
        #expect(try await first.numbers(.desired) == ["line-1": 1, "line-3": 3])
        #expect(try await second.numbers(.desired) == ["line-2": 2])
        await first.close()
        await second.close()
        for (prefix, expected) in [("a_", ["line-1": 1, "line-3": 3]), ("b_", ["line-2": 2]), ("a", [:])] {
            let store = try await stage.open(prefix: prefix)
            #expect(try await store.numbers(.desired) == expected)
            await store.close()
        }
    }

    @Test(
        "that could break a name are refused",
        arguments: ["", "a b", "a-", "ä_", "a\0", String(repeating: "a", count: 33)]
    )
    func refused(_ prefix: String) async throws {
        let stage = try Stage()
        let error = await #expect(throws: StoreError.self) { try await stage.open(prefix: prefix) }
        #expect(error?.code == .invalidSettings)
        #expect(stage.directory.names.isEmpty)
    }

    @Test("come with settings that are checked, too", arguments: ["", ".", "..", "a/b"])
    func fileNames(_ name: String) {
        let settings = StoreSettings(directory: "/tmp", fileName: name)
        #expect(throws: StoreError.self) { try settings.validate() }
        #expect(throws: StoreError.self) { try StoreSettings(directory: "").validate() }
    }
}
