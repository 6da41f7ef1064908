/// Something that the engine did or noticed.
///
/// Events are the engine's only voice: metrics, logs, the console and the relay are made from them, so that no metric
/// name, log text or link appears in the engine.
public enum SupervisionEvent: Sendable {
    /// A child was created; it is at rest. `children` are the names of those that it declares itself, `checks` what it
    /// checks them for.
    case childCreated(WorkerIdentity, children: [String], checks: [CheckLabel])
    /// A worker's own specification changed, and it was told.
    case childUpdated(WorkerIdentity, children: [String], checks: [CheckLabel])
    /// A child was taken out of the tree; nothing of it runs. `isFinal` tells that nothing takes its place.
    case childRemoved(WorkerIdentity, isFinal: Bool)
    /// The worker factory could not make a child; it is tried again when the backoff is over.
    case childCreationFailed(HierarchyPath, error: String, retryAfter: Duration)
    /// A child's restart was asked for; `isDuplicate` tells that it was being restarted already.
    case restartRequested(WorkerIdentity, isDuplicate: Bool)
    /// A worker's state machine moved.
    case stateChanged(WorkerIdentity, from: String, to: String, reason: String?)
    /// A worker became ready, or ceased to be.
    case readinessChanged(WorkerIdentity, isReady: Bool)
    /// A worker threw while it derived or decided; it is asked again at the next tick.
    case decisionFailed(WorkerIdentity, error: String)
    /// What a supervisor's circuit breaker did.
    case circuit(WorkerIdentity, CircuitChange, CircuitReport)
    /// The executor took an action; `id` is that of its ``ActionOutcome``.
    case actionEnqueued(WorkerIdentity, action: String, id: UInt64)
    /// The executor refused an action; the state asks again at the next tick.
    case actionRefused(WorkerIdentity, action: String, ActionAdmission)
    /// A tick passed a worker by because its action is in progress; told once per action.
    case actionAwaited(WorkerIdentity)
    /// An action ended.
    case actionCompleted(WorkerIdentity, ActionOutcome)
    /// An action ended after the circuit of this supervisor had opened; `ranOn` is how long it went on.
    case actionOutlasted(WorkerIdentity, ranOn: Duration)
    /// A collector's observation threw or was cancelled at its deadline.
    case collectionFailed(WorkerIdentity, error: String)
    /// A collector's observation ended; `duration` is how long it took.
    case collected(WorkerIdentity, duration: Duration)
    /// A worker's last observation became too old to act on, or a fresh one came again.
    case observationStale(WorkerIdentity, isStale: Bool)
    /// A collector that brought nothing for too long was replaced; `count` tells how often in a row.
    case collectorRestarted(WorkerIdentity, count: Int)
    /// The whole tree was ticked; `delay` is how late the tick began, `overran` tells that it ended after the next one
    /// was due, `waitingActions` is the length of the action queue.
    case ticked(delay: Duration, duration: Duration, overran: Bool, waitingActions: Int)
}

/// What a circuit breaker did.
public enum CircuitChange: Sendable, Equatable {
    /// It opened.
    case opened
    /// It is still open; told at most once per ``SupervisionSettings/circuitReportInterval``.
    case stillOpen
    /// An attempt has failed: the checks still fail when the next attempt is due.
    case attemptFailed
    /// One attempt is left before the escalation.
    case lastAttempt
    /// The incident escalated; told once per incident.
    case escalated
    /// All checks pass again.
    case recovered
    /// It was closed without a recovery: by an operator, or because everything is stopped.
    case reset
}

/// A consistency check and the child that it blames: the labels of its metric.
public struct CheckLabel: Sendable, Hashable {
    /// The check's name.
    public let check: String
    /// The blamed child's name.
    public let child: String

    /// Creates a label.
    public init(check: String, child: String) {
        self.check = check
        self.child = child
    }
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
