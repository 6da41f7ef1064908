/// Folds what repeats before it is written, and ends windows in time even if nothing follows.
///
/// A thread waits for the ends of windows while something is held back, and ends when nothing is. Any thread may call every
/// method; a call blocks only while another one decides.
final class LogFolding: Sendable {
    private struct State {
        var table: FoldTable
        var isWatched = false
        var isClosed = false
    }

    private let monitor: Monitor<State>
    private let clocks: LogClocks
    private let write: @Sendable (LogRecord) -> Void

    /// - Parameters:
    ///   - window: how long a kind of statement is held back after a line of it.
    ///   - clocks: the times of lines and windows.
    ///   - write: takes what becomes a line.
    init(window: Duration, clocks: LogClocks, write: @escaping @Sendable (LogRecord) -> Void) {
        monitor = Monitor(State(table: FoldTable(window: window)))
        self.clocks = clocks
        self.write = write
    }

    func submit(_ record: LogRecord) {
        let (records, needsWatch) = monitor.withLock { state in
            guard !state.isClosed else { return ([record], false) }
            let records = state.table.take(record, at: clocks.elapsed())
            guard records.isEmpty, !state.isWatched else { return (records, false) }
            state.isWatched = true
            return (records, true)
        }
        for record in records { write(record) }
        if needsWatch { watch() }
    }

    /// Writes what is held back, and holds nothing back any more.
    func close() {
        let records = monitor.withLock { state in
            state.isClosed = true
            return state.table.finish(at: clocks.now())
        }
        monitor.notify()
        for record in records { write(record) }
    }

    private func watch() {
        do throws(JSONLoggingError) {
            try WriterThread.start(for: "folding log lines", work: run)
        } catch {
            // Without a thread, the next statement of its kind tells of those that were held back; it tries again, too.
            monitor.withLock { $0.isWatched = false }
        }
    }

    private func run() {
        while let pause = nextPause() {
            if monitor.wait(timeout: pause, until: { $0.isClosed }) { continue }
            let records = monitor.withLock { $0.table.expire(at: clocks.elapsed(), time: clocks.now()) }
            for record in records { write(record) }
        }
    }

    /// How long to wait for the next window's end; nil when there is nothing to wait for.
    private func nextPause() -> Duration? {
        monitor.withLock { state in
            guard !state.isClosed, let end = state.table.nextEnd else {
                state.isWatched = false
                return nil
            }
            return end - clocks.elapsed()
        }
    }
}
