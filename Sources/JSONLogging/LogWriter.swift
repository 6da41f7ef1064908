internal import Glibc
public import Logging

/// Brings finished lines to a descriptor without ever making the caller wait for it.
///
/// Lines go into a bounded buffer, from which a thread of the writer's own writes them. When the buffer is full, the
/// newest line is dropped and counted; once there is room again, a line says how many are missing. The thread has all
/// signals blocked, so a reader that went away is an error it counts, never a `SIGPIPE` that ends the process. Any
/// thread may call every method.
public final class LogWriter: Sendable {
    /// The size of the buffer by default.
    public static let defaultCapacity = 1 << 20

    private let buffer: LogBuffer
    /// How long a thread may take to notice the end; only a `write` that blocks against all odds takes longer.
    private static let endTimeout = Duration.seconds(1)

    /// Starts the writer's thread.
    ///
    /// - Parameters:
    ///   - descriptor: Where lines go, usually standard error; it stays the caller's to close, after `close`. Its flags
    ///     are left alone: it may be shared with other processes.
    ///   - capacity: The size of the buffer in bytes, what is being written included.
    ///   - dropNotice: Makes the line about lost lines; its format should be that of the handlers.
    /// - Throws: `JSONLoggingError` when the descriptor is not open or the system has no thread left.
    public init(
        descriptor: Int32,
        capacity: Int = LogWriter.defaultCapacity,
        dropNotice: @escaping @Sendable (_ dropped: UInt64) -> [UInt8] = JSONLogHandler.dropNotice()
    ) throws(JSONLoggingError) {
        guard fcntl(descriptor, F_GETFD) >= 0 else {
            throw JSONLoggingError(.invalidDescriptor, "Descriptor \(descriptor) for logs is not open; open it first.")
        }
        buffer = LogBuffer(capacity: capacity)
        let drain = LogDrain(buffer: buffer, descriptor: descriptor, dropNotice: dropNotice)
        try drain.start()
    }

    deinit {
        close(timeout: .zero)
    }

    /// How many lines were taken and lost; takes the buffer's lock for a moment.
    public var counts: LogCounts { buffer.counts }

    /// Takes a line; never waits for the descriptor.
    ///
    /// - Parameters:
    ///   - line: The bytes, newline included.
    ///   - level: The level it is counted under.
    /// - Returns: False when the line was dropped because the buffer is full or the writer closed.
    @discardableResult
    public func write(_ line: [UInt8], level: Logger.Level) -> Bool {
        buffer.offer(line, level: level)
    }

    /// Waits until all lines taken so far are written or lost; blocks the calling thread.
    ///
    /// - Parameter timeout: How long to wait at most.
    /// - Returns: False when the time ran out first.
    @discardableResult
    public func flush(timeout: Duration) -> Bool {
        buffer.waitUntilEmpty(timeout: timeout)
    }

    /// Writes what it can in the given time, loses the rest, and ends the thread; blocks the calling thread.
    ///
    /// Lines that come later are dropped and counted. A second call does nothing.
    ///
    /// - Parameter timeout: How long to wait for the descriptor.
    public func close(timeout: Duration) {
        buffer.waitUntilEmpty(timeout: timeout)
        buffer.close()
        buffer.waitUntilEnded(timeout: Self.endTimeout)
    }
}
