import CZlib
import CZstd
import Compression
import Testing

@Suite("Compressors", .timeLimit(.minutes(1)))
struct CompressorTests {
    private static let samples: [[UInt8]] = [
        [],
        [0],
        Array("gatewarden_child_up{child=\"box/a\"} 1\n".utf8),
        Array(String(repeating: "gatewarden_child_up{child=\"box/a\"} 1\n", count: 30_000).utf8),
        (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
    ]

    @Test("what gzip makes, zlib turns into the same bytes again", arguments: samples)
    func gzip(_ bytes: [UInt8]) throws {
        let compressed = try GzipCompressor.compress(bytes)
        #expect(compressed.prefix(2) == [0x1f, 0x8b])
        var stream = z_stream()
        // 15 bits of window, and a gzip header is expected.
        #expect(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        var (source, restored) = (compressed, [UInt8](repeating: 0, count: bytes.count + 1))
        let status = source.withUnsafeMutableBufferPointer { source in
            restored.withUnsafeMutableBufferPointer { restored in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = restored.baseAddress
                stream.avail_out = UInt32(restored.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        #expect(status == Z_STREAM_END)
        #expect(Array(restored.prefix(Int(stream.total_out))) == bytes)
    }

    @Test("what zstd makes, libzstd turns into the same bytes again", arguments: samples)
    func zstandard(_ bytes: [UInt8]) throws {
        let compressed = try ZstandardCompressor.compress(bytes)
        var restored = [UInt8](repeating: 0, count: bytes.count + 1)
        let count = ZSTD_decompress(&restored, restored.count, compressed, compressed.count)
        #expect(ZSTD_isError(count) == 0)
        #expect(Array(restored.prefix(count)) == bytes)
    }

    @Test("an exposition shrinks to a tenth")
    func ratio() throws {
        let bytes = try #require(Self.samples.dropFirst(3).first)
        #expect(try GzipCompressor.compress(bytes).count < bytes.count / 10)
        #expect(try ZstandardCompressor.compress(bytes).count < bytes.count / 10)
    }
}
