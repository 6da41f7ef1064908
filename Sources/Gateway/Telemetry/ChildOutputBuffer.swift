import JSONLogging

/// The lines between the thread that reads from all children and the one that writes their files.
///
/// Bounded in total and for each child, so that one child's long lines leave room for the others'. When it is full, the
/// newest line is refused. What the writing thread has taken counts until it says that it is done.
final class ChildOutputBuffer: Sendable {
    /// The lines of one child.
    struct Batch {
        let file: ChildOutputFile
        var bytes: [UInt8] = []
    }

    private struct State {
        var batches: [ObjectIdentifier: Batch] = [:]
        var bytes = 0
        var inFlight = 0
        var isWriting = false
        var isFlushing = false
        var isClosed = false
        var hasEnded = false

        var isIdle: Bool { batches.isEmpty && !isWriting }
    }

    private let capacity: Int
    private let share: Int
    private let delay: Duration
    private let monitor = Monitor(State())

    /// An empty buffer.
    ///
    /// - Parameters:
    ///   - capacity: how many bytes it takes in total.
    ///   - share: how many it takes of one child.
    ///   - delay: how long lines are gathered before they are handed out, unless half of the capacity is reached before.
    init(capacity: Int = 4 << 20, share: Int = 1 << 20, delay: Duration = .seconds(1)) {
        self.capacity = capacity
        self.share = share
        self.delay = delay
    }

    /// Takes a line, or returns false; never waits for the disk.
    func offer(_ line: [UInt8], for file: ChildOutputFile) -> Bool {
        let (taken, isNews) = monitor.withLock { state in
            let key = ObjectIdentifier(file)
            let size = state.batches[key]?.bytes.count ?? 0
            guard !state.isClosed, size + line.count <= share,
                state.bytes + state.inFlight + line.count <= capacity
            else { return (false, false) }
            let (wasEmpty, wasUrgent) = (state.batches.isEmpty, state.bytes >= capacity / 2)
            state.batches[key, default: Batch(file: file)].bytes.append(contentsOf: line)
            state.bytes += line.count
            return (true, wasEmpty || !wasUrgent && state.bytes >= capacity / 2)
        }
        if isNews { monitor.notify() }
        return taken
    }

    /// Waits for lines and gathers more for a while; nil once the buffer is closed.
    func take() -> [Batch]? {
        let isOpen = monitor.wait { state in state.isClosed ? false : state.batches.isEmpty ? nil : true }
        guard isOpen else { return nil }
        _ = monitor.wait(timeout: delay) { $0.isClosed || $0.isFlushing || $0.bytes >= self.capacity / 2 }
        return monitor.withLock { state in
            defer {
                state.batches.removeAll(keepingCapacity: true)
                state.inFlight = state.bytes
                state.bytes = 0
                state.isWriting = true
            }
            return Array(state.batches.values)
        }
    }

    /// Says that what was taken is written or lost.
    func finish() {
        monitor.withLock { state in
            state.inFlight = 0
            state.isWriting = false
        }
        monitor.notify()
    }

    /// Waits until all lines are written or lost; returns whether that was in time.
    @discardableResult
    func flush(timeout: Duration) -> Bool {
        monitor.withLock { $0.isFlushing = true }
        monitor.notify()
        defer { monitor.withLock { $0.isFlushing = false } }
        return monitor.wait(timeout: timeout) { $0.isIdle || $0.hasEnded }
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
}
