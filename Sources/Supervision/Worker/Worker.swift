/// The code for one kind of child: it derives what it wants, observes what is, and acts.
///
/// A worker makes no decisions: those are its ``State``'s, which is a pure function of a ``Snapshot``.
/// All methods may be called from any task; the engine runs ``collectObservedState()`` never twice at once, and
/// ``perform(_:desired:)`` never twice at once, but one of each may overlap.
public protocol Worker: Sendable {
    /// The configuration that this worker reads.
    associatedtype Configuration: WorkerConfiguration
    /// What the worker should be, derived from its configuration.
    associatedtype Desired: Sendable
    /// What was last seen of it.
    associatedtype Observed: Sendable
    /// The states of its finite state machine.
    associatedtype State: WorkerState where State.Desired == Desired, State.Observed == Observed

    /// The name of this kind of worker.
    static var type: WorkerType { get }

    /// The state in which a new child begins; nothing of it runs then.
    static var initialState: State { get }

    /// Derives what the worker should be, and which children it has; pure, no I/O.
    ///
    /// - Parameter configuration: the worker's configuration.
    /// - Returns: the desired document and the children.
    func derive(_ configuration: Configuration) -> Derivation<Desired>

    /// Observes the world; called once per collector interval and after every action.
    ///
    /// - Returns: what was seen.
    /// - Throws: any error: the last observation is kept and the failure counted.
    func collectObservedState() async throws -> Observed

    /// Carries out an action; must be idempotent and must honour task cancellation.
    ///
    /// - Parameters:
    ///   - action: what to do.
    ///   - desired: the desired document on which the decision was made.
    /// - Throws: any error: it reaches the state machine as ``ActionOutcome/Result/failure(_:)``.
    func perform(_ action: State.Action, desired: Desired) async throws
}

/// What a worker derives from its configuration.
public struct Derivation<Desired: Sendable>: Sendable {
    /// What the worker should be.
    public let desired: Desired
    /// The children it declares.
    public let children: [ChildSpec]

    /// Creates a derivation.
    public init(desired: Desired, children: [ChildSpec] = []) {
        self.desired = desired
        self.children = children
    }
}

/// An operation that a state asks for; its name labels metrics and logs.
public protocol WorkerAction: Sendable, Equatable {
    /// A name out of a small fixed set, such as `start-process`.
    var name: String { get }
}
