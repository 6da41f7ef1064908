internal import CZstd

/// Compresses to the Zstandard format (RFC 8878) with libzstd.
public enum ZstandardCompressor {
    /// Fast before small, as with gzip.
    private static let level: Int32 = 1

    /// Compresses bytes as one frame.
    ///
    /// Blocks for the time of compressing, some 2 ms for a megabyte. May be called from any thread.
    ///
    /// - Parameter bytes: Anything.
    /// - Returns: What `zstd -d` turns into the same bytes again.
    /// - Throws: ``CompressionError`` where there is no memory.
    public static func compress(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ZSTD_compressBound(bytes.count))
        defer { scratch.deallocate() }
        let count = bytes.withUnsafeBufferPointer { source in
            ZSTD_compress(scratch.baseAddress, scratch.count, source.baseAddress, source.count, level)
        }
        guard ZSTD_isError(count) == 0 else {
            throw CompressionError(message: "zstd: \(String(cString: ZSTD_getErrorName(count)))")
        }
        // A copy of the right size: what is kept for a slow reader is as small as it can be.
        return Array(scratch.prefix(count))
    }
}
