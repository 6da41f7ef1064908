import Synchronization

/// A gate that tasks wait at while it is closed.
///
/// As many tasks may wait as the caller lets run; each leaves when the gate opens or when it is cancelled.
public final class Gate: Sendable {
    private struct State {
        var isOpen: Bool
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state: Mutex<State>

    /// Makes a gate.
    ///
    /// - Parameter isOpen: whether tasks pass at first
    public init(isOpen: Bool) {
        state = Mutex(State(isOpen: isOpen))
    }

    /// Whether tasks pass.
    public var isOpen: Bool { state.withLock(\.isOpen) }

    /// Lets all waiting and coming tasks pass.
    public func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiters.removeAll() }
            return Array(state.waiters.values)
        }
        waiting.forEach { $0.resume() }
    }

    /// Makes coming tasks wait.
    public func close() {
        state.withLock { $0.isOpen = false }
    }

    /// Waits until the gate is open.
    ///
    /// - Returns: false where the task was cancelled instead
    public func pass() async -> Bool {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    // The handler below may have run already: then nobody would come back for this waiter.
                    if state.isOpen || Task.isCancelled { return true }
                    state.waiters[ticket] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
        }
        return !Task.isCancelled
    }
}
