import Glibc

/// Measures what the calling thread writes to the file system.
///
/// The kernel counts the bytes of every write call per thread (`wchar` of /proc/thread-self/io, see proc(5)): database,
/// log, frame headers and checkpoints, exactly as they reach the file system. Only the wal-index, which is shared memory
/// and never synchronised, is not in it. Where the kernel does not tell, the store counts the pages that it wrote to the
/// log, which leaves checkpoints out.
struct WrittenBytes {
    private let file: String

    init(file: String = "/proc/thread-self/io") {
        self.file = file
    }

    /// The bytes that this thread has written since it began; nil where the kernel does not tell.
    func sinceThreadStart() -> Int? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let lines = buffer[..<count].split(separator: UInt8(ascii: "\n"))
        let line = lines.first { $0.starts(with: "wchar: ".utf8) }
        return line.flatMap { Int(String(decoding: $0.dropFirst(7), as: UTF8.self)) }
    }
}
