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
    private let count = Atomic(0)

    /// Counts the observations; read in every tick, so it takes no lock.
    var revision: Int { count.load(ordering: .acquiring) }

    /// Takes an observation over, unless one that was begun later is there already: a collector that was replaced may
    /// still bring its last one.
    func store(_ value: Value, collectedAt: Moment) {
        latest.withLock { latest in
            if let latest, latest.collectedAt > collectedAt { return }
            let revision = (latest?.revision ?? 0) + 1
            latest = Observation(value: value, collectedAt: collectedAt, revision: revision)
            count.store(revision, ordering: .releasing)
        }
    }

    func load() -> Observation<Value>? {
        latest.withLock { $0 }
    }
}
