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

    /// What a scripted worker wants.
    public struct Desired: Sendable, Equatable, Codable {
        /// Changes when the configuration is to count as changed.
        public let version: Int
    }

    /// What is seen of a scripted world.
    public struct Observed: Sendable, Equatable, Codable {
        /// Whether something runs.
        public let isRunning: Bool
        /// Whether it is ready.
        public let isReady: Bool
        /// What is wrong that the worker cannot put right, or nil.
        public let trouble: String?
        /// The error that the state machine throws, or nil.
        public let decisionError: String?
    }

    /// The operations on a scripted world.
    public enum Action: String, WorkerAction {
        /// Start it.
        case start
        /// Stop it.
        case stop

        /// The name as operators see it.
        public var name: String { rawValue }

        /// A start must not outlast what the parent does meanwhile.
        public var inheritsDeadline: Bool { self == .start }
    }

    /// The name of the check that a scripted trouble concerns.
    public static let troubleCheck = "scripted_trouble"

    /// All names that there are.
    public static var names: [String] { allCases.map(\.rawValue) }

    /// The name as operators see it.
    public var name: String { rawValue }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { self == .stopped }

    /// Decides what to do.
    public func next(_ snapshot: Snapshot<Desired, Observed>) throws -> Transition<ScriptedState> {
        if let error = snapshot.observed?.decisionError { throw ScriptedWorld.Failure(description: error) }
        switch self {
        case .stopped:
            return snapshot.target == .running ? .perform(.start, then: .starting) : .stay
        // The start has ended: what was seen since tells whether it did anything, whatever it says itself.
        case .starting:
            return .move(to: snapshot.observed?.isRunning == true ? .running : .stopped)
        case .running:
            guard snapshot.target == .running else {
                return snapshot.children.areAllAtRest ? .perform(.stop, then: .stopping) : .stay
            }
            return snapshot.observed?.isRunning == true ? .stay : .perform(.start, then: .starting)
        case .stopping:
            return .move(to: snapshot.observed?.isRunning == true ? .running : .stopped)
        }
    }

    /// No state has a deadline.
    public var waitsForTime: Bool { false }

    /// Whether others may rely on the child now: it runs without trouble, and so do its children.
    public func isReady(_ snapshot: Snapshot<Desired, Observed>) -> Bool {
        guard self == .running, let observed = snapshot.observed, observed.trouble == nil else { return false }
        return observed.isRunning && observed.isReady && snapshot.children.ready == snapshot.children.wanted
    }

    /// Why the child is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<Desired, Observed>) -> String? {
        nil
    }

    /// What is wrong that the worker cannot put right.
    public func trouble(_ snapshot: Snapshot<Desired, Observed>) -> Trouble? {
        snapshot.observed?.trouble.map { Trouble(check: Self.troubleCheck, $0) }
    }
}
