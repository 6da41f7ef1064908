/// The writing side of a log buffer: a thread that brings batches to their destination.
struct LogDrain: Sendable {
    let buffer: LogBuffer
    let descriptor: Int32
    let destination: LogDestination
    let dropNotice: @Sendable (_ dropped: UInt64) -> FinishedLine

    /// Starts the thread.
    func start() throws(JSONLoggingError) {
        try WriterThread.start(for: "writing logs", work: run)
    }

    /// Writes batch after batch until the buffer is closed.
    private func run() {
        let write = makeOutlet()
        while let batch = buffer.take() {
            var lines = batch.lines
            if batch.unreported > 0 { lines.append(dropNotice(batch.unreported)) }
            let written = write(lines)
            if written == lines.bytes.count {
                buffer.finish()
            } else {
                buffer.fail(batch, written: written)
            }
        }
        buffer.end()
    }

    /// What writes lines and returns how many bytes of them before the destination failed or the buffer was closed.
    private func makeOutlet() -> (LogBatch) -> Int {
        let stream = StreamOutlet(descriptor: descriptor) { [buffer] in buffer.isClosed }
        switch destination {
        case .stream, .prefixedStream:
            return { lines in lines.bytes.withUnsafeBytes { stream.write($0) } }
        case .journal(let socket):
            let journal = JournalOutlet(socket: socket, stream: stream) { [buffer] in buffer.isClosed }
            return { lines in lines.bytes.withUnsafeBytes { journal.write($0, lines.places) } }
        }
    }
}
