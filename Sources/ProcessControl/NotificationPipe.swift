internal import Glibc

/// The reading end of a child's notification.
final class NotificationPipe {
    private var descriptor: OwnedDescriptor?
    private var isReceived = false

    init(descriptor: consuming OwnedDescriptor) {
        self.descriptor = consume descriptor
    }

    /// Reads once; does not block.
    ///
    /// What comes after the line end is read and dropped, so that the child never meets a broken pipe.
    ///
    /// - Returns: whether this was the notification: true at most once.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard let file = descriptor?.rawValue else {
            return false
        }
        let count = Glibc.read(file, buffer.baseAddress, buffer.count)
        if count <= 0 {
            if count == 0 || errno != EAGAIN && errno != EINTR {
                close()
            }
            return false
        }
        guard !isReceived, buffer[..<count].contains(UInt8(ascii: "\n")) else {
            return false
        }
        isReceived = true
        return true
    }

    /// Gives the descriptor back.
    func close() {
        // Closing takes it out of the epoll set: no copy of the descriptor outlives a spawn.
        descriptor = nil
    }
}
