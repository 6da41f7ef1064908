/// A worker's state machine with the worker's own types erased, so that supervisors of all kinds form one tree.
protocol StateMachine: AnyObject {
    /// What is to be observed, for the collector.
    var subject: @Sendable (Moment) async throws -> Void { get }

    /// What the worker declares of its children; changes with its configuration only.
    var declaration: Declaration { get }

    /// What others may know of the machine.
    var condition: MachineCondition { get }

    /// Whether an action of the worker is running or waiting for its turn.
    var actionInProgress: ActionInProgress? { get }

    /// Takes over another configuration, to be derived from in the next tick.
    ///
    /// - Returns: false when the worker cannot follow and has to be replaced.
    func follow(_ configuration: any WorkerConfiguration) -> Bool

    /// Derives the desired document where the configuration has changed since.
    ///
    /// - Returns: whether there is a new one, also for the store.
    func derive(_ context: TickContext) -> Bool

    /// The desired document for the store.
    func desiredDocument(_ state: DesiredState) -> Document

    /// Notes that the store has the worker's documents: from now on the machine may act.
    func documented()

    /// Notes how the action in progress ended; decisions wait for an observation that was begun after it.
    func actionEnded(_ outcome: ActionOutcome)

    /// Says why the machine is in its state, where there is something to say.
    func reason(_ inputs: MachineInputs, _ context: TickContext) -> String?

    /// How old the last observation is, or the machine where there is none yet.
    func observationAge(at now: Moment) -> Duration

    /// The last observation, or nil where there is none or it is of another type.
    func observed<Observed>(as type: Observed.Type) -> Observed?

    /// Whether ``advance(_:_:)`` would change nothing for a worker without children.
    func isIdle(_ target: DesiredState, at now: Moment) -> Bool

    /// Decides and moves until nothing changes, or an action is in progress.
    func advance(_ inputs: MachineInputs, _ context: TickContext) -> MachineVerdict
}

/// What a worker declares of its children.
struct Declaration {
    let children: [ChildSpec]
    let checks: [ConsistencyCheck]
}

/// What others may know of a machine.
struct MachineCondition: Equatable {
    var state: String
    var isAtRest: Bool
    var isReady = false
    var trouble: Trouble?
}

/// An action between its enqueueing and its end.
struct ActionInProgress: Equatable {
    let name: String
    let deadline: Moment
}

/// What a supervisor tells its machine in a tick.
struct MachineInputs {
    let target: DesiredState
    let children: ChildStates
    /// Changes whenever the children's states do.
    let childrenRevision: Int
    /// Until when the parent's action in progress may run, where there is one.
    let parentDeadline: Moment?
}

/// What a machine tells its supervisor after a tick.
enum MachineVerdict {
    case carryOn
    case replace
    case remove
}
