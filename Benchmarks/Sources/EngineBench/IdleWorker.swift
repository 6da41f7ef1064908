internal import Supervision

/// A worker that is up after one action and stays so: what costs then is the engine alone.
struct IdleWorker: Worker {
    struct Configuration: WorkerConfiguration {
        var children: [ChildSpec] = []
        var checks: [ConsistencyCheck] = []

        static func == (lhs: Configuration, rhs: Configuration) -> Bool { lhs.children == rhs.children }
    }

    struct Observed: Sendable, Encodable {
        let isRunning: Bool
        let detail: String
    }

    struct Desired: Sendable, Encodable {
        let name: String
    }

    enum Action: WorkerAction {
        case start
        case stop

        var name: String {
            switch self {
            case .start: "start"
            case .stop: "stop"
            }
        }
    }

    enum State: String, WorkerState, CaseIterable {
        typealias Desired = IdleWorker.Desired
        typealias Observed = IdleWorker.Observed
        typealias Action = IdleWorker.Action

        case stopped
        case running
        case stopping

        static var names: [String] { allCases.map(\.rawValue) }
        var name: String { rawValue }
        var isAtRest: Bool { self == .stopped }
        var waitsForTime: Bool { false }

        func next(_ snapshot: Snapshot<Desired, Observed>) -> Transition<State> {
            switch (self, snapshot.target) {
            case (.stopped, .running): .perform(.start, then: .running)
            case (.running, .stopped):
                snapshot.children.areAllAtRest ? .perform(.stop, then: .stopping) : .stay
            case (.stopping, _): .move(to: .stopped)
            case (.stopped, .stopped), (.running, .running): .stay
            }
        }

        func isReady(_ snapshot: Snapshot<Desired, Observed>) -> Bool {
            self == .running && snapshot.observed?.isRunning == true
        }

        func reason(_ snapshot: Snapshot<Desired, Observed>) -> String? { nil }
    }

    static let type: WorkerType = "idle"
    static let initialState = State.stopped
    let name: String

    func derive(_ configuration: Configuration) -> Derivation<Desired> {
        Derivation(desired: Desired(name: name), children: configuration.children, checks: configuration.checks)
    }

    func collectObservedState() async throws -> Observed {
        Observed(isRunning: true, detail: "as it was")
    }

    func perform(_ action: Action, desired: Desired, context: ActionContext) async throws {}
}
