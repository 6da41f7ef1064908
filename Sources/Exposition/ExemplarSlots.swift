internal import Synchronization

/// The newest exemplars of a series, one for each bucket, or one for a counter.
///
/// An update never waits: where another thread keeps or reads an exemplar at that moment, the new one is dropped, which
/// loses nothing but one example. Memory is taken with the first exemplar.
struct ExemplarSlots: ~Copyable, Sendable {
    private let slots = Mutex<[Exemplar?]>([])

    /// Replaces the exemplar at `index`, which must be below `count`, the same number in each call.
    func keep(_ exemplar: Exemplar, at index: Int, of count: Int) {
        slots.withLockIfAvailable { slots in
            if slots.isEmpty { slots = Array(repeating: nil, count: count) }
            slots[index] = exemplar
        }
    }

    /// Forgets all exemplars.
    func clear() {
        slots.withLock { $0 = [] }
    }

    /// All slots; none before the first exemplar.
    func load() -> [Exemplar?] {
        slots.withLock { $0 }
    }
}
