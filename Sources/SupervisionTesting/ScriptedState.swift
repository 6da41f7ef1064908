public import Supervision

/// The states of a ``ScriptedWorker``.
public enum ScriptedState: String, WorkerState, CaseIterable {
    /// Nothing runs.
    case stopped
    /// A start is under way.
    case starting
    /// It runs.
    case running
    /// It was asked to stop.
    case stopping

    /// A desired document without content.
    public struct Desired: Sendable {}

    /// What is seen of a scripted world.
    public struct Observed: Sendable, Equatable {
        /// Whether something runs.
        public let isRunning: Bool
        /// Whether it is ready.
        public let isReady: Bool
    }

    /// The operations on a scripted world.
    public enum Action: String, WorkerAction {
        /// Start it.
        case start
        /// Stop it.
        case stop

        /// The name as operators see it.
        public var name: String { rawValue }
    }

    /// All names that there are.
    public static var names: [String] { allCases.map(\.rawValue) }

    /// The name as operators see it.
    public var name: String { rawValue }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { self == .stopped }

    /// Decides what to do.
    public func next(_ snapshot: Snapshot<Desired, Observed>) -> Transition<ScriptedState> {
        switch self {
        case .stopped:
            return snapshot.target == .running ? .perform(.start, then: .starting) : .stay
        case .starting:
            if case .failure = snapshot.lastAction?.result { return .move(to: .stopped) }
            return snapshot.observed?.isRunning == true ? .move(to: .running) : .stay
        case .running:
            guard snapshot.target == .running else {
                return snapshot.children.areAllAtRest ? .perform(.stop, then: .stopping) : .stay
            }
            return snapshot.observed?.isRunning == true ? .stay : .perform(.start, then: .starting)
        case .stopping:
            return snapshot.observed?.isRunning == true ? .stay : .move(to: .stopped)
        }
    }

    /// No state has a deadline.
    public var waitsForTime: Bool { false }

    /// Whether others may rely on the child now.
    public func isReady(_ snapshot: Snapshot<Desired, Observed>) -> Bool {
        self == .running && snapshot.observed?.isRunning == true && snapshot.observed?.isReady == true
    }

    /// Why the child is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<Desired, Observed>) -> String? {
        nil
    }
}
