/// What an action knows of itself.
public struct ActionContext: Sendable, Equatable {
    /// The worker that acts.
    public let path: HierarchyPath
    /// The worker above it, or nil at the root.
    public var parentPath: HierarchyPath? { path.parent }
    /// 1 for the first attempt, and one more for each that failed before.
    public let attempt: Int
    /// When the action is cancelled.
    public let deadline: Moment
}

/// An action on its way to the executor.
struct ActionRequest: Sendable {
    /// Tells the action from all others.
    let id: UInt64
    /// The supervisor instance that asked for it.
    let supervisor: SupervisorID
    /// The child that it acts on; the executor runs at most one action per path.
    let path: HierarchyPath
    /// The action's name, out of a small fixed set.
    let name: String
    /// Counts the attempts, from 1.
    let attempt: Int
    /// How long it may run.
    let timeout: Duration
    /// When it must have ended, however late it was begun.
    let latestEnd: Moment?
    /// What to do.
    let operation: @Sendable (ActionContext) async throws -> Void

    /// The deadline of an action that begins at a moment.
    func deadline(from start: Moment) -> Moment {
        min(start.advanced(by: timeout), latestEnd ?? Moment(sinceStart: .seconds(Int64.max)))
    }

    /// How the action ended that was begun and has ended at these moments.
    func outcome(_ result: ActionOutcome.Result, from start: Moment, to end: Moment) -> ActionOutcome {
        let duration = start.duration(to: end)
        return ActionOutcome(id: id, name: name, attempt: attempt, result: result, endedAt: end, duration: duration)
    }
}

/// Whether the executor took an action.
public enum ActionAdmission: Sendable, Equatable {
    /// It is running or queued.
    case accepted
    /// An action of the same child is in progress.
    case alreadyInProgress
    /// The queue is full: try again later.
    case queueFull
    /// The executor is shutting down and takes nothing any more.
    case shuttingDown
}
