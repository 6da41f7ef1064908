import Synchronization

/// An observation together with the time at which it was begun.
struct Observation<Value: Sendable>: Sendable {
    let value: Value
    let collectedAt: Moment
    /// The number that the observation got when it was begun.
    let revision: Int
}

/// The place where a collector leaves what it saw and the supervisor reads it; both never wait for the other.
final class ObservationSlot<Value: Sendable>: Sendable {
    private let latest = Mutex<Observation<Value>?>(nil)
    private let lastBegun = Atomic(0)
    private let lastStored = Atomic(0)

    /// The revision of the last observation; read in every tick, so it takes no lock.
    var revision: Int { lastStored.load(ordering: .acquiring) }

    /// How many observations were begun: one with a higher number has seen everything that happened before.
    var begun: Int { lastBegun.load(ordering: .acquiring) }

    /// Numbers an observation that begins now.
    func begin() -> Int {
        lastBegun.add(1, ordering: .acquiringAndReleasing).newValue
    }

    /// Takes an observation over, unless one that was begun later is there already: a collector that was replaced may
    /// still bring its last one.
    func store(_ observation: Observation<Value>) {
        latest.withLock { latest in
            if let latest, latest.revision > observation.revision { return }
            latest = observation
            lastStored.store(observation.revision, ordering: .releasing)
        }
    }

    func load() -> Observation<Value>? {
        latest.withLock { $0 }
    }
}
