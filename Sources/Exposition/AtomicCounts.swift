internal import Synchronization

/// A fixed number of counters that threads raise without a lock.
// Sendable by proof: the pointer never changes, and the memory behind it is reached through atomic operations only
// between `init` and `deinit`.
struct AtomicCounts: ~Copyable, @unchecked Sendable {
    private let cells: UnsafeMutableBufferPointer<Atomic<UInt64>>

    init(count: Int) {
        cells = .allocate(capacity: count)
        for index in cells.indices { cells.initializeElement(at: index, to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize().deallocate()
    }

    /// Raises one counter; `index` must be below the count given at the start.
    func increment(at index: Int) {
        cells[index].wrappingAdd(1, ordering: .relaxed)
    }

    /// One counter; `index` must be below the count given at the start.
    func load(at index: Int) -> UInt64 {
        cells[index].load(ordering: .relaxed)
    }

    /// All counters, each read once.
    func load() -> [UInt64] {
        cells.indices.map { cells[$0].load(ordering: .relaxed) }
    }
}
