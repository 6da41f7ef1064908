import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: writes that fail")
struct LimitTests {
    @Test("leave commits in memory, and everything is written once they work again")
    func limit() async throws {
        let stage = try Stage()
        let output = try Writer(directory: stage.directory.path, "limited").output()
        let fields = output.split(separator: " ").map { $0.filter { !$0.isNewline } }
        try #require(fields.count == 3, "\(output)")
        #expect(Int(fields[0]) ?? 0 > 0)
        #expect(Int(fields[1]) ?? 0 > 0)
        #expect(fields[2] == "durable")
        let store = try await stage.open()
        #expect(try await store.documents(.desired, as: String.self).count == 31)
        await store.close()
        #expect(stage.log.quarantined.isEmpty)
    }
}
