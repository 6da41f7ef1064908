import Glibc

/// Both ends of a pipe; each is closed once.
final class Pipe {
    let readEnd: Int32
    let writeEnd: Int32
    private var isReadable = true
    private var isWritable = true

    init() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { fatalError("no descriptors left for a test's pipe") }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        closeReadEnd()
        closeWriteEnd()
    }

    func closeReadEnd() {
        if isReadable { close(readEnd) }
        isReadable = false
    }

    func closeWriteEnd() {
        if isWritable { close(writeEnd) }
        isWritable = false
    }

    /// Fills the pipe until it takes no more, and returns how many bytes that were.
    func fill() -> Int {
        let flags = fcntl(writeEnd, F_GETFL)
        _ = fcntl(writeEnd, F_SETFL, flags | O_NONBLOCK)
        defer { _ = fcntl(writeEnd, F_SETFL, flags) }
        let block = [UInt8](repeating: UInt8(ascii: "#"), count: 4096)
        var filled = 0
        while true {
            let count = write(writeEnd, block, block.count)
            guard count > 0 else { return filled }
            filled += count
        }
    }

    /// Reads exactly so many bytes, blocking until they are there; fewer only at the end.
    func read(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var total = 0
        while total < count {
            let step = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(readEnd, buffer.baseAddress?.advanced(by: total), count - total)
            }
            guard step > 0 else { break }
            total += step
        }
        return Array(bytes.prefix(total))
    }

    /// Closes the write end and reads the rest, as lines.
    func lines() -> [String] {
        closeWriteEnd()
        var bytes: [UInt8] = []
        while true {
            let step = read(count: 4096)
            if step.isEmpty { break }
            bytes += step
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
