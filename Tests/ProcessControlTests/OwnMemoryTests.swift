import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite struct OwnMemoryTests {
    /// Enough to stand out from what other tests of this process allocate meanwhile.
    private static let megabytes = 256

    @Test func `Freed memory below a block in use goes back to the system, and what is in use stays as it was`() throws
    {
        let kept = Self.fillAndFree()
        defer { kept.deallocate() }
        let before = try Self.residentBytes()
        OwnMemory.release()
        let released = try before - Self.residentBytes()
        #expect(released > Self.megabytes / 2 << 20)
        #expect(kept.load(as: UInt8.self) == 0xAA)
    }

    /// Frees many small blocks below one that stays.
    private static func fillAndFree() -> UnsafeMutableRawPointer {
        let blocks = (0..<(megabytes * 1024)).map { _ in
            let block = UnsafeMutableRawPointer.allocate(byteCount: 1000, alignment: 8)
            return block.initializeMemory(as: UInt8.self, repeating: 0xAA, count: 1000)
        }
        for block in blocks.dropLast() { block.deallocate() }
        return UnsafeMutableRawPointer(blocks[blocks.count - 1])
    }

    private static func residentBytes() throws -> Int {
        let file = try FileDescriptor.open("/proc/self/statm", .readOnly)
        return try file.closeAfter {
            let text = try String(unsafeUninitializedCapacity: 256) { try file.read(into: .init($0)) }
            let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
            return pages * Int(getpagesize())
        }
    }
}
