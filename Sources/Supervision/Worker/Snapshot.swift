/// One consistent read of everything that a decision may depend on.
public struct Snapshot<Desired: Sendable, Observed: Sendable>: Sendable {
    /// Who the worker is.
    public let identity: WorkerIdentity
    /// What the worker should be.
    public var desired: Desired { document.value }
    /// Counts the changes of the desired document.
    public var desiredRevision: Int { document.revision }
    /// Whether the supervisor wants the child running or stopped at the moment.
    public let target: DesiredState
    /// What was last seen, or nil when nothing was collected yet.
    public var observed: Observed? { observation?.value }
    /// The time of the decision.
    public let now: Moment
    /// How the action that was last enqueued in this child's life ended; nil before the first one.
    public let lastAction: ActionOutcome?
    /// What is known of the worker's children.
    public let children: ChildStates
    /// A random number, evenly spread over all of `UInt64`, drawn for this decision.
    public let entropy: UInt64
    private let document: DesiredDocument<Desired>
    private let observation: Observation<Observed>?

    /// Creates a snapshot, as a test of a state does.
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
            document: DesiredDocument(desired, revision: 1),
            inputs: MachineInputs(target: target, children: children, childrenRevision: 0, parentDeadline: nil),
            observation: observed.map { Observation(value: $0, collectedAt: now, revision: 1) },
            now: now,
            lastAction: lastAction,
            entropy: entropy
        )
    }

    init(
        identity: WorkerIdentity,
        document: DesiredDocument<Desired>,
        inputs: MachineInputs,
        observation: Observation<Observed>?,
        now: Moment,
        lastAction: ActionOutcome?,
        entropy: UInt64
    ) {
        self.identity = identity
        self.document = document
        target = inputs.target
        children = inputs.children
        self.observation = observation
        self.now = now
        self.lastAction = lastAction
        self.entropy = entropy
    }
}

/// A desired document that all snapshots share: it may be large, and a snapshot is made for every decision.
final class DesiredDocument<Value: Sendable>: Sendable {
    let value: Value
    let revision: Int

    init(_ value: Value, revision: Int) {
        self.value = value
        self.revision = revision
    }
}
