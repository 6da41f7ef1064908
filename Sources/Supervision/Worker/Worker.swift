/// The code for one kind of child: it derives what it wants, observes what is, and acts.
///
/// A worker makes no decisions: those are its ``State``'s, which is a pure function of a ``Snapshot``.
/// All methods may be called from any task; the engine runs ``collectObservedState()`` never twice at once, and
/// ``perform(_:desired:)`` never twice at once, but one of each may overlap.
public protocol Worker: Sendable {
    /// The configuration that this worker reads.
    associatedtype Configuration: WorkerConfiguration
    /// What the worker should be, derived from its configuration.
    associatedtype Desired: Sendable & Encodable
    /// What was last seen of it.
    associatedtype Observed: Sendable & Encodable
    /// The states of its finite state machine.
    associatedtype State: WorkerState where State.Desired == Desired, State.Observed == Observed

    /// The name of this kind of worker.
    static var type: WorkerType { get }

    /// The state in which a new child begins; nothing of it runs then.
    static var initialState: State { get }

    /// Derives what the worker should be, and which children it has; pure, no I/O.
    ///
    /// - Parameter configuration: the worker's configuration.
    /// - Returns: the desired document, the children, and what is to be checked of them.
    /// - Throws: any error: a new child counts as not made, and one that lives goes on as it was.
    func derive(_ configuration: Configuration) throws -> Derivation<Desired>

    /// Tells whether a living worker can follow a change of its configuration; one that cannot is replaced.
    static func canFollow(from old: Configuration, to new: Configuration) -> Bool

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
    ///   - context: where in the tree, the how manieth attempt, and until when.
    /// - Throws: any error: it reaches the state machine as ``ActionOutcome/Result/failure(_:)``.
    func perform(_ action: State.Action, desired: Desired, context: ActionContext) async throws
}

extension Worker {
    /// Most workers decide anew from the new desired document.
    public static func canFollow(from old: Configuration, to new: Configuration) -> Bool { true }
}

/// What a worker derives from its configuration.
public struct Derivation<Desired: Sendable>: Sendable {
    /// What the worker should be.
    public let desired: Desired
    /// The children it declares.
    public let children: [ChildSpec]
    /// What its children are checked for, in order: the first check that fails is the one that is acted on.
    public let checks: [ConsistencyCheck]

    /// Creates a derivation.
    public init(desired: Desired, children: [ChildSpec] = [], checks: [ConsistencyCheck] = []) {
        self.desired = desired
        self.children = children
        self.checks = checks
    }
}

/// An operation that a state asks for; its name labels metrics and logs.
public protocol WorkerAction: Sendable, Equatable {
    /// A name out of a small fixed set, such as `start-process`.
    var name: String { get }

    /// How long the action may run, or nil for what the settings of the tree say.
    var timeout: Duration? { get }

    /// Whether an action of the parent that is in progress bounds this one by its own deadline.
    var inheritsDeadline: Bool { get }
}

extension WorkerAction {
    /// What the settings say.
    public var timeout: Duration? { nil }

    /// On its own.
    public var inheritsDeadline: Bool { false }
}
