import ProcessControl
import Synchronization

/// One run of a probe's command: its last words and its end, as the thread that watches processes reports them.
final class CommandRun: Sendable {
    private struct State {
        var lastLines: [OutputLine.Stream: OutputLine] = [:]
        var exit: ProcessExit?
        var waiter: CheckedContinuation<ProcessExit, Never>?
    }

    private let state = Mutex(State())

    /// The last line that is not empty: of standard error where there is one, else of standard output.
    var lastWords: String? {
        state.withLock { ($0.lastLines[.stderr] ?? $0.lastLines[.stdout])?.text }
    }

    /// Keeps a line in the place of the one before.
    func note(_ line: OutputLine) {
        if line.text.isEmpty { return }
        state.withLock { $0.lastLines[line.stream] = line }
    }

    /// Takes note of the end.
    func end(_ exit: ProcessExit) {
        let waiter = state.withLock { state in
            state.exit = exit
            return state.waiter.take()
        }
        waiter?.resume(returning: exit)
    }

    /// Waits for the end, also when the task is cancelled; to be called once.
    func exit() async -> ProcessExit {
        await withCheckedContinuation { continuation in
            let exit = state.withLock { state in
                if state.exit == nil { state.waiter = continuation }
                return state.exit
            }
            if let exit { continuation.resume(returning: exit) }
        }
    }
}
