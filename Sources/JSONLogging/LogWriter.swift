internal import Glibc
public import Logging

/// Brings finished lines to their destination without ever making the caller wait for it.
///
/// Lines go into a bounded buffer, from which a thread of the writer's own writes them. When the buffer is full, the
/// newest line is dropped and counted; once there is room again, a line says how many are missing. The thread has all
/// signals blocked, so a reader that went away is an error it counts, never a `SIGPIPE` that ends the process. Any
/// thread may call every method.
public final class LogWriter: Sendable {
    /// The size of the buffer by default.
    public static let defaultCapacity = 1 << 20

    private let buffer: LogBuffer
    private let form: LogForm
    private let destination: LogDestination
    /// How long a thread may take to notice the end; only a `write` that blocks against all odds takes longer.
    private static let endTimeout = Duration.seconds(1)

    /// Starts the writer's thread.
    ///
    /// - Parameters:
    ///   - descriptor: Where lines go, usually standard error; it stays the caller's to close, after `close`. Its flags
    ///     are left alone: it may be shared with other processes.
    ///   - form: What a line looks like.
    ///   - destination: How lines leave; with a journal, the descriptor takes what the journal cannot be given.
    ///   - capacity: The size of the buffer in bytes, what is being written included.
    ///   - now: The clock of the lines about lost lines.
    /// - Throws: `JSONLoggingError` when the descriptor is not open or the system has no thread left.
    public init(
        descriptor: Int32,
        form: LogForm = .json,
        destination: LogDestination = .stream,
        capacity: Int = LogWriter.defaultCapacity,
        now: @escaping @Sendable () -> WallTime = WallTime.now
    ) throws(JSONLoggingError) {
        guard fcntl(descriptor, F_GETFD) >= 0 else {
            throw JSONLoggingError(.invalidDescriptor, "Descriptor \(descriptor) for logs is not open; open it first.")
        }
        self.form = form
        self.destination = destination
        buffer = LogBuffer(capacity: capacity)
        let drain = LogDrain(buffer: buffer, descriptor: descriptor, destination: destination) { dropped in
            let record = LogRecord(dropped: dropped, time: now())
            return Self.finish(record, form, destination, limit: LogSink.minimumLineLimit, redactor: .nothing)
        }
        try drain.start()
    }

    deinit {
        close(timeout: .zero)
    }

    /// How many lines were taken and lost; takes the buffer's lock for a moment.
    public var counts: LogCounts { buffer.counts }

    /// Takes a line as it is; never waits for the destination.
    ///
    /// - Parameters:
    ///   - line: The bytes, newline included.
    ///   - level: The level it is counted under.
    /// - Returns: False when the line was dropped because the buffer is full or the writer closed.
    @discardableResult
    public func write(_ line: [UInt8], level: Logger.Level) -> Bool {
        buffer.offer(FinishedLine(text: line), level: level)
    }

    /// Encodes a statement and takes it; never waits for the destination.
    func write(_ record: LogRecord, limit: Int, redactor: Redactor) {
        if record.repeated > 0 { buffer.noteFolded(record.repeated) }
        _ = buffer.offer(Self.finish(record, form, destination, limit: limit, redactor: redactor), level: record.level)
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
    /// - Parameter timeout: How long to wait for the destination.
    public func close(timeout: Duration) {
        buffer.waitUntilEmpty(timeout: timeout)
        buffer.close()
        buffer.waitUntilEnded(timeout: Self.endTimeout)
    }

    private static func finish(
        _ record: LogRecord, _ form: LogForm, _ destination: LogDestination, limit: Int, redactor: Redactor
    ) -> FinishedLine {
        let text = form.encode(record, limit: limit, redactor: redactor)
        switch destination {
        case .stream: return FinishedLine(text: text)
        case .prefixedStream: return FinishedLine(text: prefixed(text, record.level))
        case .journal:
            // Both, as nobody knows yet whether the journal will be there when it is this line's turn.
            return FinishedLine(
                text: prefixed(text, record.level),
                entry: JournalEntry.encode(record, limit: limit, redactor: redactor)
            )
        }
    }

    private static func prefixed(_ text: [UInt8], _ level: Logger.Level) -> [UInt8] {
        Array("<\(level.priority)>".utf8) + text
    }
}
