internal import Logging

/// The bounded queue of bytes between the threads that log and the one that writes.
///
/// When it is full, the newest line is dropped and counted. What the writing thread has taken counts against the
/// capacity until it says that it is done.
final class LogBuffer: Sendable {
    /// What the writing thread takes in one go.
    struct Batch {
        /// Whole lines.
        let lines: [UInt8]
        /// Lines lost since the last notice that was written.
        let unreported: UInt64
    }

    private struct State {
        var pending: [UInt8] = []
        var inFlight = 0
        var isWriting = false
        var unreported: UInt64 = 0
        /// After a failure a notice waits for the next line: writing it alone would fail in a loop.
        var lastWriteFailed = false
        var isClosed = false
        var hasEnded = false
        var counts = LogCounts()

        var isIdle: Bool { pending.isEmpty && !isWriting && !isNoticeDue }
        var isNoticeDue: Bool { unreported > 0 && !lastWriteFailed }

        mutating func lose(_ lines: UInt64) {
            counts.dropped += lines
            unreported += lines
        }
    }

    private let capacity: Int
    private let monitor = Monitor(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    var counts: LogCounts { monitor.withLock { $0.counts } }
    var isClosed: Bool { monitor.withLock { $0.isClosed } }

    /// Takes a line, or drops it.
    func offer(_ line: [UInt8], level: Logger.Level) -> Bool {
        let (taken, wasIdle) = monitor.withLock { state in
            let wasIdle = state.isIdle
            guard !state.isClosed, state.pending.count + state.inFlight + line.count <= capacity else {
                state.lose(1)
                return (false, wasIdle)
            }
            state.pending.append(contentsOf: line)
            state.counts.accept(level)
            return (true, wasIdle)
        }
        if wasIdle { monitor.notify() }
        return taken
    }

    /// Waits for something to write; `nil` once the buffer is closed.
    func take() -> Batch? {
        monitor.wait { state -> Batch?? in
            if state.isClosed {
                state.lose(Self.lines(in: state.pending[...]))
                state.pending = []
                return .some(nil)
            }
            guard !state.pending.isEmpty || state.isNoticeDue else { return nil }
            let batch = Batch(lines: state.pending, unreported: state.unreported)
            state.inFlight = batch.lines.count
            state.isWriting = true
            state.pending = []
            state.unreported = 0
            return batch
        }
    }

    /// Says that a batch was written as a whole.
    func finish() {
        monitor.withLock { state in
            state.inFlight = 0
            state.isWriting = false
            state.lastWriteFailed = false
        }
        monitor.notify()
    }

    /// Says that writing a batch failed after `written` bytes of its lines and notice.
    func fail(_ batch: Batch, written: Int) {
        monitor.withLock { state in
            state.inFlight = 0
            state.isWriting = false
            state.lastWriteFailed = true
            state.unreported += batch.unreported
            state.lose(Self.lines(in: batch.lines.dropFirst(written)))
        }
        monitor.notify()
    }

    /// Refuses further lines and makes the writing thread end.
    func close() {
        monitor.withLock { $0.isClosed = true }
        monitor.notify()
    }

    /// Says that the writing thread is about to end.
    func end() {
        monitor.withLock { $0.hasEnded = true }
        monitor.notify()
    }

    @discardableResult
    func waitUntilEmpty(timeout: Duration) -> Bool {
        monitor.wait(timeout: timeout) { $0.isIdle || $0.hasEnded }
    }

    /// Waits until the writing thread no longer uses its descriptor.
    @discardableResult
    func waitUntilEnded(timeout: Duration) -> Bool {
        monitor.wait(timeout: timeout) { $0.hasEnded }
    }

    /// The number of lines that end in some bytes; a line written in part is a lost line.
    private static func lines(in bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(into: 0) { lines, byte in if byte == UInt8(ascii: "\n") { lines += 1 } }
    }
}
