internal import Glibc

/// The reading end of one output stream of a child.
final class OutputPipe {
    /// How a read went.
    enum Progress {
        /// There may be more.
        case read
        /// There is nothing now.
        case empty
        /// The stream is at its end.
        case closed
    }

    private var descriptor: OwnedDescriptor?
    private var splitter: LineSplitter

    /// The pipe of a stream.
    ///
    /// - Parameters:
    ///   - descriptor: its reading end; nil if the stream is at its end already.
    ///   - stream: the stream.
    init(descriptor: consuming OwnedDescriptor?, stream: OutputLine.Stream) {
        self.descriptor = consume descriptor
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
            splitter.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]), deliver: deliver)
            return .read
        }
        if count < 0, errno == EAGAIN || errno == EINTR {
            return .empty
        }
        close(deliver: deliver)
        return .closed
    }

    /// Hands out the line that has begun, as a whole one.
    func flush(deliver: (OutputLine) -> Void) {
        splitter.finish(deliver: deliver)
    }

    /// Closes the stream; hands out a last line without line end.
    func close(deliver: (OutputLine) -> Void) {
        // Closing takes it out of the epoll set: no copy of the descriptor outlives a spawn.
        descriptor = nil
        splitter.finish(deliver: deliver)
    }
}
