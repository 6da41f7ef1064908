/// The actions of one worker: the one in progress, the last one that ended, and when a failed one may be tried again.
struct ActionHistory {
    private(set) var inProgress: ActionInProgress?
    private(set) var last: ActionOutcome?
    private var failures = 0
    private var isAwaitedTold = false

    /// Returns which attempt an action would be now, or nil while it is left alone after a failure.
    func attempt(_ name: String, at now: Moment, _ backoff: Backoff) -> Int? {
        guard let last, last.name == name, failures > 0 else { return 1 }
        let delay = backoff.delay(afterAttempts: failures - 1)
        return now >= last.endedAt.advanced(by: delay) ? failures + 1 : nil
    }

    /// Whether it is to be told that the action in progress is waited for: once for each.
    mutating func tellAwaited() -> Bool {
        defer { isAwaitedTold = true }
        return !isAwaitedTold
    }

    mutating func began(_ action: ActionInProgress) {
        inProgress = action
        isAwaitedTold = false
        if last?.name != action.name { failures = 0 }
    }

    mutating func ended(_ outcome: ActionOutcome) {
        inProgress = nil
        last = outcome
        failures = outcome.result == .success ? 0 : failures + 1
    }
}
