internal import Supervision
internal import Synchronization

/// Notes how long ticks take and what they allocate, and tells when all children are ready.
final class TickLog: SupervisionObserver {
    /// One tick.
    struct Tick {
        let duration: Duration
        let allocations: UInt64
        let overran: Bool
    }

    private struct State {
        var ready = 0
        var ticks: [Tick] = []
        var isNoting = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let count: Int
    private let state = Mutex(State())

    /// Creates a log for a tree with a number of nodes.
    init(count: Int) {
        self.count = count
        // Room for all that is noted: the log must not allocate while a tick is measured.
        state.withLock { $0.ticks.reserveCapacity(100_000) }
    }

    func record(_ event: SupervisionEvent) {
        switch event {
        case .readinessChanged(_, isReady: true):
            state.withLock { state -> CheckedContinuation<Void, Never>? in
                state.ready += 1
                return state.ready >= count ? state.waiter.take() : nil
            }?.resume()
        case .ticked(_, let duration, let overran, _):
            let allocations = AllocationClock.ofLastTick
            state.withLock { state in
                guard state.isNoting else { return }
                state.ticks.append(Tick(duration: duration, allocations: allocations, overran: overran))
            }
        default:
            break
        }
    }

    /// Returns when all nodes are ready.
    func waitUntilReady() async {
        await withCheckedContinuation { waiter in
            let isReady = state.withLock { state in
                if state.ready < count { state.waiter = waiter }
                return state.ready >= count
            }
            if isReady { waiter.resume() }
        }
    }

    /// Begins to note ticks.
    func begin() {
        state.withLock { $0.isNoting = true }
    }

    /// The ticks that were noted.
    var ticks: [Tick] { state.withLock { $0.ticks } }
}
