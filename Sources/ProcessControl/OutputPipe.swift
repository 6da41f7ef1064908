internal import Glibc

/// The reading end of one output stream of a child.
final class OutputPipe {
    /// How a read went.
    enum Progress: Equatable {
        /// The buffer is full: there may be more.
        case filled
        /// All that was there was read.
        case drained(hasDropped: Bool)
        /// There is nothing now.
        case empty
        /// The stream is at its end.
        case closed
    }

    private var descriptor: OwnedDescriptor?
    private let stream: OutputLine.Stream
    private let gate: (any OutputGate)?
    private var splitter: LineSplitter

    /// The pipe of a stream.
    ///
    /// - Parameters:
    ///   - descriptor: its reading end; nil if the stream is at its end already.
    ///   - stream: the stream.
    ///   - gate: limits the lines that are handed out; nil lets all pass.
    init(descriptor: consuming OwnedDescriptor?, stream: OutputLine.Stream, gate: (any OutputGate)?) {
        self.descriptor = consume descriptor
        self.stream = stream
        self.gate = gate
        self.splitter = LineSplitter(stream: stream)
    }

    /// Whether the stream is at its end or was given up.
    var isClosed: Bool { descriptor == nil }

    /// Reads once; does not block.
    func read(into buffer: UnsafeMutableRawBufferPointer, deliver: (OutputLine) -> Void) -> Progress {
        guard let file = descriptor?.rawValue else {
            return .closed
        }
        let count = Glibc.read(file, buffer.baseAddress, buffer.count)
        if count > 0 {
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            let lines = splitter.append(bytes, allowance: gate?.allowance() ?? .max, deliver: deliver)
            note(lines)
            return count == buffer.count ? .filled : .drained(hasDropped: lines.dropped > 0)
        }
        if count < 0, errno == EAGAIN || errno == EINTR {
            return .empty
        }
        close(deliver: deliver)
        return .closed
    }

    /// Hands out the line that has begun, as a whole one.
    func flush(deliver: (OutputLine) -> Void) {
        note(splitter.finish(deliver: deliver))
    }

    /// Closes the stream; hands out a last line without line end.
    func close(deliver: (OutputLine) -> Void) {
        // Closing takes it out of the epoll set: no copy of the descriptor outlives a spawn.
        descriptor = nil
        flush(deliver: deliver)
    }

    private func note(_ count: LineCount) {
        if count.total > 0 {
            gate?.note(count, of: stream)
        }
    }
}
