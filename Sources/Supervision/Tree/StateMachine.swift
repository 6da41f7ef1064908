/// A worker's state machine with the worker's own types erased, so that supervisors of all kinds form one tree.
protocol StateMachine: AnyObject {
    /// What is to be observed, for the collector.
    var subject: @Sendable (Moment) async throws -> Void { get }

    /// The children that the worker declares.
    var declaredChildren: [ChildSpec] { get }

    /// What others may know of the machine.
    var condition: MachineCondition { get }

    /// Notes how the action in progress ended; decisions wait for an observation that was begun after it.
    func actionEnded(_ outcome: ActionOutcome)

    /// Says why the machine is in its state, where there is something to say.
    func reason(_ inputs: MachineInputs, _ context: TickContext) -> String?

    /// Decides and moves until nothing changes, or an action is in progress.
    func advance(_ inputs: MachineInputs, _ context: TickContext) -> MachineVerdict
}

/// What others may know of a machine.
struct MachineCondition: Equatable {
    var state: String
    var isAtRest: Bool
    var isReady: Bool
}

/// What a supervisor tells its machine in a tick.
struct MachineInputs {
    let target: DesiredState
    let children: ChildStates
    /// Changes whenever the children's states do.
    let childrenRevision: Int
}

/// What a machine tells its supervisor after a tick.
enum MachineVerdict {
    case carryOn
    case replace
    case remove
}
