internal import CZlib

/// Compresses to the gzip format (RFC 1952) with zlib.
public enum GzipCompressor {
    /// Fast before small: the data that a gateway sends repeats itself so much that it shrinks to a tenth at any level.
    private static let level: Int32 = 1

    /// Compresses bytes as one member.
    ///
    /// Blocks for the time of compressing, some 10 ms for a megabyte. May be called from any thread.
    ///
    /// - Parameter bytes: Up to 2 GiB of anything.
    /// - Returns: What `gunzip` turns into the same bytes again.
    /// - Throws: ``CompressionError`` where there is no memory, or too many bytes.
    public static func compress(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        guard let count = UInt32(exactly: bytes.count) else {
            throw CompressionError(message: "gzip: \(bytes.count) bytes are more than one call takes")
        }
        var stream = z_stream()
        guard czlib_begin_gzip(&stream, level) == Z_OK else {
            throw CompressionError(message: "gzip: there is no memory")
        }
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(count)))
        guard let room = UInt32(exactly: capacity) else {
            throw CompressionError(message: "gzip: \(bytes.count) bytes are more than one call takes")
        }
        let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        defer { scratch.deallocate() }
        let isComplete = bytes.withUnsafeBufferPointer { source in
            // zlib reads from here only; its declaration lacks the const.
            stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.avail_in = count
            stream.next_out = scratch.baseAddress
            stream.avail_out = room
            return deflate(&stream, Z_FINISH) == Z_STREAM_END
        }
        guard isComplete else { throw CompressionError(message: "gzip: \(bytes.count) bytes could not be compressed") }
        // A copy of the right size: what is kept for a slow reader is as small as it can be.
        return Array(scratch.prefix(capacity - Int(stream.avail_out)))
    }
}
