/// One consistent read of everything that a decision may depend on.
public struct Snapshot<Desired: Sendable, Observed: Sendable>: Sendable {
    /// Who the worker is.
    public let identity: WorkerIdentity
    /// What the worker should be.
    public var desired: Desired { document.value }
    /// Whether the supervisor wants the child running or stopped at the moment.
    public let target: DesiredState
    /// What was last seen, or nil when nothing was collected yet.
    public let observed: Observed?
    /// The time of the decision.
    public let now: Moment
    /// How the action that was last enqueued in this child's life ended; nil before the first one.
    public let lastAction: ActionOutcome?
    /// What is known of the worker's children.
    public let children: ChildStates
    /// A random number, evenly spread over all of `UInt64`, drawn for this decision.
    public let entropy: UInt64
    private let document: DesiredDocument<Desired>

    /// Creates a snapshot.
    public init(
        identity: WorkerIdentity,
        desired: Desired,
        target: DesiredState,
        observed: Observed?,
        now: Moment,
        lastAction: ActionOutcome? = nil,
        children: ChildStates = ChildStates(),
        entropy: UInt64 = 0
    ) {
        self.init(
            identity: identity,
            document: DesiredDocument(desired),
            target: target,
            observed: observed,
            now: now,
            lastAction: lastAction,
            children: children,
            entropy: entropy
        )
    }

    init(
        identity: WorkerIdentity,
        document: DesiredDocument<Desired>,
        target: DesiredState,
        observed: Observed?,
        now: Moment,
        lastAction: ActionOutcome?,
        children: ChildStates,
        entropy: UInt64
    ) {
        self.identity = identity
        self.document = document
        self.target = target
        self.observed = observed
        self.now = now
        self.lastAction = lastAction
        self.children = children
        self.entropy = entropy
    }
}

/// A desired document that all snapshots share: it may be large, and a snapshot is made for every child in every tick.
final class DesiredDocument<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
