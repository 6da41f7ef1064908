import StateStore
import Synchronization

/// Keeps what a store tells, and lets a test wait for it.
final class EventLog: StoreListener {
    private struct Waiter {
        let isWanted: @Sendable (StoreEvent) -> Bool
        let continuation: CheckedContinuation<StoreEvent, Never>
    }

    private struct State {
        var events: [StoreEvent] = []
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    /// Everything so far.
    var events: [StoreEvent] { state.withLock { $0.events } }

    /// The paths of quarantined files.
    var quarantined: [String] {
        events.compactMap { if case .quarantined(let path, _) = $0 { path } else { nil } }
    }

    /// How many flushes there were.
    var flushes: Int { events.count { if case .flushed = $0 { true } else { false } } }
    /// How many transactions of commits there were.
    var commits: Int { events.count { if case .committed = $0 { true } else { false } } }
    /// How many times the store went into memory.
    var degradations: Int { events.count { if case .degraded = $0 { true } else { false } } }
    /// How many times the store came back.
    var restorations: Int { events.count { if case .restored = $0 { true } else { false } } }

    func record(_ event: StoreEvent) {
        let due = state.withLock { state in
            state.events.append(event)
            let due = state.waiters.filter { $0.isWanted(event) }
            state.waiters.removeAll { $0.isWanted(event) }
            return due
        }
        for waiter in due { waiter.continuation.resume(returning: event) }
    }

    /// Waits for an event that comes after those that are known.
    func next(
        after known: Int,
        where isWanted: @escaping @Sendable (StoreEvent) -> Bool
    ) async -> StoreEvent {
        await withCheckedContinuation { continuation in
            let event = state.withLock { state -> StoreEvent? in
                if let event = state.events.dropFirst(known).first(where: isWanted) { return event }
                state.waiters.append(Waiter(isWanted: isWanted, continuation: continuation))
                return nil
            }
            if let event { continuation.resume(returning: event) }
        }
    }
}
