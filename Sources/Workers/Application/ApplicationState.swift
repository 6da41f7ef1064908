public import Supervision

/// The states of an application worker: a summary of its children.
public enum ApplicationState: String, WorkerState, CaseIterable {
    /// There is nothing to want.
    public typealias Desired = Nothing
    /// There is nothing to observe.
    public typealias Observed = Nothing
    /// There is nothing to do.
    public typealias Action = NoAction

    /// Nothing below runs, and nothing should.
    case stopped
    /// The children are being started for the first time.
    case starting
    /// Every child that should run is ready.
    case running
    /// Some child that should run is not ready.
    case degraded
    /// The children are being stopped.
    case stopping

    /// The document of a worker that has nothing to want or to observe.
    public struct Nothing: Sendable, Equatable {
        /// Creates the only value there is.
        public init() {}
    }

    /// The actions of a worker that never acts.
    public enum NoAction: WorkerAction {
        /// The name as operators see it.
        public var name: String {
            switch self {}
        }
    }

    /// All names that there are.
    public static var names: [String] { allCases.map(\.rawValue) }

    /// The name as operators see it.
    public var name: String { rawValue }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { self == .stopped }

    /// Decides what to do.
    public func next(_ snapshot: Snapshot<Nothing, Nothing>) -> Transition<ApplicationState> {
        let children = snapshot.children
        switch (self, snapshot.target) {
        case (.stopped, .running):
            return .move(to: .starting)
        case (.stopping, .running):
            return .move(to: .starting)
        case (.starting, .running):
            return children.ready == children.wanted ? .move(to: .running) : .stay
        case (.running, .running):
            return children.ready == children.wanted ? .stay : .move(to: .degraded)
        case (.degraded, .running):
            return children.ready == children.wanted ? .move(to: .running) : .stay
        case (.starting, .stopped), (.running, .stopped), (.degraded, .stopped):
            return .move(to: .stopping)
        case (.stopping, .stopped):
            return children.areAllAtRest ? .move(to: .stopped) : .stay
        case (.stopped, .stopped):
            return .stay
        }
    }

    /// No state has a deadline.
    public var waitsForTime: Bool { false }

    /// Whether others may rely on the child now.
    public func isReady(_ snapshot: Snapshot<Nothing, Nothing>) -> Bool {
        self == .running
    }

    /// Why the child is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<Nothing, Nothing>) -> String? {
        switch self {
        case .starting, .degraded: "\(snapshot.children.ready) of \(snapshot.children.wanted) children ready"
        case .stopped, .running, .stopping: nil
        }
    }
}
