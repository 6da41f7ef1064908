import Synchronization

/// What the engine hands to a worker at its creation.
public struct WorkerContext: Sendable {
    /// Who the worker is.
    public let identity: WorkerIdentity
    /// What the worker may depend on.
    public let dependencies: Dependencies
    /// Reads the documents of this and other workers.
    public let store: any TriangularStore
    let signal: ObservationSignal

    /// Tells the engine that the world has changed: it observes and decides at once instead of at its next interval.
    ///
    /// May be called from any thread; never blocks. Calls that come close together are served by one observation.
    public func observationChanged() {
        signal.raise()
    }
}

/// Carries a worker's "look again" to its collector, which does not exist yet when the worker is made.
final class ObservationSignal: Sendable {
    private struct State {
        var isRaised = false
        var receiver: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    init() {}

    /// Passes the call on, or keeps it for the receiver to come.
    func raise() {
        let receiver = state.withLock { state in
            state.isRaised = state.receiver == nil
            return state.receiver
        }
        receiver?()
    }

    /// Connects the receiver; a call that was made before is passed on now.
    func connect(_ receiver: @escaping @Sendable () -> Void) {
        let isRaised = state.withLock { state in
            state.receiver = receiver
            return state.isRaised
        }
        if isRaised { receiver() }
    }
}
