internal import Glibc

/// The writing side of a log buffer: a thread that brings batches to a descriptor.
struct LogDrain: Sendable {
    let buffer: LogBuffer
    let descriptor: Int32
    let dropNotice: @Sendable (_ dropped: UInt64) -> [UInt8]

    /// How long a stalled reader may hide the end of the writer.
    private static let pollMilliseconds: Int32 = 100

    /// Starts the thread.
    func start() throws(JSONLoggingError) {
        try WriterThread.start(for: "writing logs", work: run)
    }

    /// Writes batch after batch until the buffer is closed.
    private func run() {
        let chunk = chunkSize()
        while let batch = buffer.take() {
            let bytes = batch.unreported == 0 ? batch.lines : batch.lines + dropNotice(batch.unreported)
            let written = write(bytes, chunk: chunk)
            if written == bytes.count {
                buffer.finish()
            } else {
                buffer.fail(batch, written: written)
            }
        }
        buffer.end()
    }

    /// Writes bytes; returns how many before the descriptor failed or the buffer was closed.
    private func write(_ bytes: [UInt8], chunk: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count, awaitRoom() {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(chunk))
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    // Ready, yet no room for this chunk: without a pause the two would alternate at full speed.
                    poll(nil, 0, Self.pollMilliseconds)
                    if buffer.isClosed { break }
                } else if errno != EINTR {
                    break
                }
            }
            return written
        }
    }

    /// Waits until the descriptor takes bytes; false once the buffer is closed.
    private func awaitRoom() -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while poll(&request, 1, Self.pollMilliseconds) == 0 {
            if buffer.isClosed { return false }
        }
        return true
    }

    /// The most bytes that one `write` may carry without blocking after `poll` reported room.
    ///
    /// A pipe with room takes `PIPE_BUF` bytes at least (pipe(7)); files take any number.
    private func chunkSize() -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return Int(PIPE_BUF) }
        return .max
    }
}
