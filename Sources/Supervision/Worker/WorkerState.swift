/// One state of a worker's finite state machine.
public protocol WorkerState: Sendable, Equatable {
    /// The desired document that decisions are made on.
    associatedtype Desired: Sendable
    /// The observed document that decisions are made on.
    associatedtype Observed: Sendable
    /// The operations that states ask for.
    associatedtype Action: WorkerAction

    /// All names that ``name`` can have: the bounded set of a metric's label.
    static var names: [String] { get }

    /// The state's name as operators see it.
    var name: String { get }

    /// Whether nothing of the child runs in this state: such a child can be removed, replaced, or started.
    var isAtRest: Bool { get }

    /// Whether the passing of time alone can change what the state decides, as with a deadline.
    ///
    /// A state that stays and does not wait for time is asked again only when something else has changed: most children
    /// have no news in most ticks.
    var waitsForTime: Bool { get }

    /// Decides what to do; pure, and never blocks.
    ///
    /// - Parameter snapshot: everything that the decision may depend on.
    /// - Returns: the decision.
    /// - Throws: any error: it is counted, and the state is asked again at the next tick.
    func next(_ snapshot: Snapshot<Desired, Observed>) throws -> Transition<Self>

    /// Tells whether others may rely on the child now.
    ///
    /// - Parameter snapshot: what is known of the child.
    /// - Returns: whether it is ready.
    func isReady(_ snapshot: Snapshot<Desired, Observed>) -> Bool

    /// Says in a few words why the child is in this state, where there is something to say.
    ///
    /// - Parameter snapshot: what is known of the child.
    /// - Returns: the reason, or nil.
    func reason(_ snapshot: Snapshot<Desired, Observed>) -> String?

    /// Tells what is wrong with the child that it cannot put right by itself, for the parent's consistency checks.
    ///
    /// - Parameter snapshot: what is known of the child.
    /// - Returns: the trouble, or nil.
    func trouble(_ snapshot: Snapshot<Desired, Observed>) -> Trouble?
}

extension WorkerState {
    /// No trouble.
    public func trouble(_ snapshot: Snapshot<Desired, Observed>) -> Trouble? { nil }
}

/// Something that is wrong with a child that it cannot put right by itself.
public struct Trouble: Sendable, Equatable {
    /// The name of the consistency check that it concerns, out of a small fixed set.
    public let check: String
    /// What is wrong.
    public let description: String

    /// Creates a trouble.
    public init(check: String, _ description: String) {
        self.check = check
        self.description = description
    }
}

/// What a state decides.
public enum Transition<State: WorkerState>: Sendable, Equatable {
    /// Nothing changes.
    case stay
    /// The machine moves on, and is asked again in the same tick.
    case move(to: State)
    /// The action is enqueued and the machine moves on; when the queue is full neither happens, and the state is
    /// asked again at the next tick.
    case perform(State.Action, then: State)
    /// The supervisor replaces this child by a fresh one made from the same specification.
    case restart
    /// The supervisor removes this child.
    case remove
}
