internal import Glibc

/// The way of lines to a descriptor.
struct StreamOutlet {
    /// How long a stalled reader may hide the end of the writer.
    static let pollMilliseconds: Int32 = 100

    private let descriptor: Int32
    private let chunk: Int
    private let isClosed: () -> Bool

    /// - Parameters:
    ///   - descriptor: where lines go; its flags are left alone.
    ///   - isClosed: whether waiting has lost its sense.
    init(descriptor: Int32, isClosed: @escaping () -> Bool) {
        self.descriptor = descriptor
        self.isClosed = isClosed
        chunk = Self.chunkSize(of: descriptor)
    }

    /// Writes bytes; returns how many before the descriptor failed or the writer was closed.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        var written = 0
        while written < bytes.count, awaitRoom() {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(chunk))
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                // Ready, yet no room for this chunk: without a pause the two would alternate at full speed.
                poll(nil, 0, Self.pollMilliseconds)
                if isClosed() { break }
            } else if errno != EINTR {
                break
            }
        }
        return written
    }

    /// Waits until the descriptor takes bytes; false once the writer is closed.
    private func awaitRoom() -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while poll(&request, 1, Self.pollMilliseconds) == 0 {
            if isClosed() { return false }
        }
        return true
    }

    /// The most bytes that one `write` may carry without blocking after `poll` reported room.
    ///
    /// A pipe with room takes `PIPE_BUF` bytes at least (pipe(7)); files take any number.
    private static func chunkSize(of descriptor: Int32) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return Int(PIPE_BUF) }
        return .max
    }
}
