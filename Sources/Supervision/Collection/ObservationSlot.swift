import Synchronization

/// An observation together with the time at which it was begun.
struct Observation<Value: Sendable>: Sendable {
    let value: Value
    let collectedAt: Moment
    /// Counts the observations of one worker.
    let revision: Int
}

/// The place where a collector leaves what it saw and the supervisor reads it; both never wait for the other.
final class ObservationSlot<Value: Sendable>: Sendable {
    private let latest = Mutex<Observation<Value>?>(nil)

    func store(_ value: Value, collectedAt: Moment) {
        latest.withLock { latest in
            latest = Observation(value: value, collectedAt: collectedAt, revision: (latest?.revision ?? 0) + 1)
        }
    }

    func load() -> Observation<Value>? {
        latest.withLock { $0 }
    }
}
