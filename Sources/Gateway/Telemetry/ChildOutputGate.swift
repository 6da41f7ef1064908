import JSONLogging
import Logging
import ProcessControl

/// Limits and counts what one child writes, and tells of what was dropped.
struct ChildOutputGate: OutputGate {
    let account: ChildAccount
    /// Has the metadata that names the child.
    let logger: Logger

    func allowance() -> Int {
        account.flood.allowance(at: .now)
    }

    func note(_ count: LineCount, of stream: OutputLine.Stream) {
        account.noteRead(count, of: stream)
        if account.flood.note(count, at: .now) { Task { await watchFlood() } }
    }

    /// Tells of the rest that a process which has ended had dropped.
    func end() {
        let dropped = account.flood.end()
        if dropped > 0 { tell(dropped) }
    }

    /// Tells of dropped lines until the flood is over; there is one such task for a child at a time.
    private func watchFlood() async {
        while true {
            switch account.flood.step(at: .now) {
            case .rest: return
            case .tell(let dropped): tell(dropped)
            case .wait(let moment):
                // Nobody cancels this task; if somebody did, the gateway would end.
                guard (try? await Task.sleep(until: moment, clock: .continuous)) != nil else { return }
            }
        }
    }

    private func tell(_ dropped: Int) {
        logger.warning("Child output dropped", metadata: ["dropped_lines": .number(dropped)])
    }
}
