internal import Logging

/// The bounded queue of lines between the threads that log and the one that writes.
///
/// When it is full, the newest line is dropped and counted. What the writing thread has taken counts against the
/// capacity until it says that it is done.
final class LogBuffer: Sendable {
    /// What the writing thread takes in one go.
    struct Batch {
        let lines: LogBatch
        /// Lines lost since the last notice that was written.
        let unreported: UInt64
    }

    private struct State {
        var pending = LogBatch()
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
    func offer(_ line: FinishedLine, level: Logger.Level) -> Bool {
        let (taken, wasIdle) = monitor.withLock { state in
            let wasIdle = state.isIdle
            guard !state.isClosed, state.pending.bytes.count + state.inFlight + line.count <= capacity else {
                state.lose(1)
                return (false, wasIdle)
            }
            state.pending.append(line)
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
                state.lose(state.pending.lines(after: 0))
                state.pending = LogBatch()
                return .some(nil)
            }
            guard !state.pending.isEmpty || state.isNoticeDue else { return nil }
            let batch = Batch(lines: state.pending, unreported: state.unreported)
            state.inFlight = batch.lines.bytes.count
            state.isWriting = true
            state.pending = LogBatch()
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
            state.lose(batch.lines.lines(after: written))
        }
        monitor.notify()
    }

    /// Counts statements that another line stands for.
    func noteFolded(_ count: UInt64) {
        monitor.withLock { $0.counts.folded += count }
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
}
