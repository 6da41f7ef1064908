import Glibc

/// The lines of standard input, read as they come.
///
/// At most one line is held. One of more than 64 MiB comes as `nil` and is skipped.
struct InputLines: Sequence, IteratorProtocol {
    private static let lineLimit = 64 << 20

    private var buffer: [UInt8] = []
    /// Where the lines begin that have not been given out yet.
    private var start = 0
    private var hasEnded = false

    /// The next line without its end; `.some(nil)` for one that is too long, `nil` after the last one.
    mutating func next() -> [UInt8]?? {
        var searched = start
        var isTooLong = false
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return .some(isTooLong ? nil : Array(buffer[start..<end]))
            }
            if hasEnded {
                guard start < buffer.count || isTooLong else { return nil }
                defer { start = buffer.count }
                return .some(isTooLong ? nil : Array(buffer[start...]))
            }
            buffer.removeFirst(start)
            start = 0
            if buffer.count > Self.lineLimit {
                isTooLong = true
                buffer = []
            }
            searched = buffer.count
            fill()
        }
    }

    /// All of standard input up to the limit of a line; `nil` where there is more.
    static func whole() -> [UInt8]? {
        var lines = InputLines()
        while !lines.hasEnded, lines.buffer.count <= lineLimit { lines.fill() }
        return lines.hasEnded ? lines.buffer : nil
    }

    /// Reads what there is; an error ends the input like its end.
    private mutating func fill() {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        var length = -1
        repeat { length = read(STDIN_FILENO, &chunk, chunk.count) } while length < 0 && errno == EINTR
        if length > 0 { buffer.append(contentsOf: chunk[..<length]) } else { hasEnded = true }
    }
}
