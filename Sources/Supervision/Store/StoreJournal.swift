import Synchronization

/// The changes on their way to the store: what comes together while a transaction runs is written in the next one.
///
/// Small as long as the store answers. While a disk hangs it grows by the two documents of each restart, whose backoff
/// bounds the pace.
final class StoreJournal: Sendable {
    private struct State {
        var changes: [StoreChange] = []
        var owners: [SupervisorID] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let store: any TriangularStore
    private let state = Mutex(State())
    private let work = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(store: any TriangularStore) {
        self.store = store
    }

    /// Adds a change; ``wake()`` sends it on its way.
    func append(_ change: StoreChange, for owner: SupervisorID?) {
        state.withLock { state in
            state.changes.append(change)
            if let owner { state.owners.append(owner) }
        }
    }

    /// Sends what was added on its way; never blocks.
    func wake() {
        let isNeeded = state.withLock { !$0.changes.isEmpty || !$0.waiters.isEmpty }
        if isNeeded { work.continuation.yield() }
    }

    /// Returns when the store has everything that was added before.
    func settle() async {
        await withCheckedContinuation { waiter in
            state.withLock { $0.waiters.append(waiter) }
            wake()
        }
    }

    /// Lets ``run(onCommit:)`` end after what was added.
    func close() {
        wake()
        work.continuation.finish()
    }

    /// Writes until ``close()``.
    ///
    /// - Parameter onCommit: told whose documents the store has.
    func run(onCommit: @Sendable ([SupervisorID]) async -> Void) async {
        for await _ in work.stream {
            let batch = state.withLock { state in
                defer { state = State() }
                return state
            }
            // Also what could only be kept in memory counts: a box with a broken disk goes on supervising.
            if !batch.changes.isEmpty { _ = await store.commit(batch.changes) }
            for waiter in batch.waiters { waiter.resume() }
            if !batch.owners.isEmpty { await onCommit(batch.owners) }
        }
    }
}
