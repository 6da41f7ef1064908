import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: written bytes")
struct WrittenBytesTests {
    @Test("are those of the calling thread's write calls")
    func counts() throws {
        let directory = try TemporaryDirectory()
        let written = WrittenBytes()
        let before = try #require(written.sinceThreadStart())
        try directory.write([UInt8](repeating: 1, count: 12_345), to: "file")
        let after = try #require(written.sinceThreadStart())
        #expect(after - before == 12_345)
    }

    @Test("are unknown where the kernel does not tell")
    func unknown() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Array("rchar: 7\n".utf8), to: "io")
        #expect(WrittenBytes(file: directory.path + "/io").sinceThreadStart() == nil)
        #expect(WrittenBytes(file: directory.path + "/none").sinceThreadStart() == nil)
    }

    @Test("of a commit are its pages in the log")
    func commit() async throws {
        let stage = try Stage()
        let store = try await stage.open()
        #expect(await store.commit([.put(.desired(1, 1))]) == .durable)
        let before = store.figures
        #expect(await store.commit([.put(.desired(1, 2))]) == .durable)
        // One page with the header of its frame; the wal-index is not in it.
        #expect(store.figures.bytesWritten - before.bytesWritten == 4096 + 24)
        #expect(store.figures.writes - before.writes == 1)
        await store.close()
    }
}
