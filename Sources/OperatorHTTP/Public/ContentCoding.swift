internal import Compression

/// How the body of an answer is coded on its way; the raw values are the names in HTTP.
///
/// The order is that of preference where a client has none.
enum ContentCoding: String, CaseIterable {
    case zstd
    case gzip
    case identity

    /// Codes a body; blocks for the time of it.
    func encode(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        switch self {
        case .zstd: try ZstandardCompressor.compress(bytes)
        case .gzip: try GzipCompressor.compress(bytes)
        case .identity: bytes
        }
    }
}
