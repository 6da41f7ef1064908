internal import Glibc
internal import Synchronization

/// Runs blocking work one piece at a time, on a thread that exists while there is work.
///
/// The event loops and the threads that run the supervision never wait for it. Work beyond the limit is refused, so that
/// neither memory nor time of waiting grows with what clients ask for.
final class SerialWorker: Sendable {
    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var hasThread = false
    }

    /// What the thread gets: the worker lives as long as there is work.
    private final class Start: Sendable {
        let worker: SerialWorker

        init(_ worker: SerialWorker) {
            self.worker = worker
        }
    }

    private let state = Mutex(State())
    private let niceness: Int32
    private let limit: Int

    /// Makes a worker; no thread is started.
    ///
    /// - Parameters:
    ///   - niceness: How much the thread gives way to others, from 0 to 19 (least important).
    ///   - limit: How many pieces of work may wait.
    init(niceness: Int32, limit: Int) {
        self.niceness = niceness
        self.limit = limit
    }

    /// Runs work and waits for its result.
    ///
    /// Work whose caller is cancelled is done all the same.
    ///
    /// - Returns: The result; nil where too much work waits already, or the kernel has no thread.
    func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result? {
        await withCheckedContinuation { continuation in
            let isTaken = submit { continuation.resume(returning: work()) }
            if !isTaken { continuation.resume(returning: nil) }
        }
    }

    /// Takes work.
    ///
    /// - Returns: False where too much work waits already, or the kernel has no thread; the work is dropped then.
    func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.jobs.count < limit else { return false }
            state.jobs.append(job)
            if !state.hasThread {
                state.hasThread = startThread()
                if !state.hasThread { state.jobs.removeLast() }
            }
            return state.hasThread
        }
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        let start = Unmanaged.passRetained(Start(self))
        let code = pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().worker.work()
                return nil
            },
            start.toOpaque()
        )
        guard code == 0 else {
            start.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func work() {
        // On Linux the calling thread alone; to give way needs no rights, so that nothing can go wrong.
        if niceness > 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.hasThread = false
                return nil
            }
            return state.jobs.removeFirst()
        }
    }
}
