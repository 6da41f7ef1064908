/// Something that the engine did or noticed.
///
/// Events are the engine's only voice: metrics, logs, the console and the relay are made from them, so that no metric
/// name, log text or link appears in the engine.
public enum SupervisionEvent: Sendable {
    /// A child was created; it is at rest. `children` are the names of those that it declares itself.
    case childCreated(WorkerIdentity, children: [String])
    /// A child was taken out of the tree; nothing of it runs.
    case childRemoved(WorkerIdentity)
    /// The worker factory could not make a child; it is tried again when the backoff is over.
    case childCreationFailed(HierarchyPath, error: String, retryAfter: Duration)
    /// A worker's state machine moved.
    case stateChanged(WorkerIdentity, from: String, to: String, reason: String?)
    /// A worker became ready, or ceased to be.
    case readinessChanged(WorkerIdentity, isReady: Bool)
    /// The executor took an action.
    case actionEnqueued(WorkerIdentity, action: String)
    /// The executor refused an action; the state asks again at the next tick.
    case actionRefused(WorkerIdentity, action: String, ActionAdmission)
    /// An action ended.
    case actionCompleted(WorkerIdentity, ActionOutcome)
    /// A collector's observation threw.
    case collectionFailed(WorkerIdentity, error: String)
    /// A collector's observation ended; `duration` is how long it took.
    case collected(WorkerIdentity, duration: Duration)
    /// The whole tree was ticked; `overran` when the tick ended after the next one was due, `waitingActions` is the
    /// length of the action queue.
    case ticked(duration: Duration, overran: Bool, waitingActions: Int)
}

/// A consumer of events.
///
/// Called synchronously from inside the engine: an implementation must return at once, must not block, and must not
/// call back into the engine.
public protocol SupervisionObserver: Sendable {
    /// Takes note of an event.
    ///
    /// - Parameter event: what happened.
    func record(_ event: SupervisionEvent)
}
