import ProcessControl
import Supervision
import Workers

/// Takes note of all that a tree and its workers tell.
struct BoxEars: SupervisionObserver, ProcessListener, FlowListener, BrokerListener, ConnectionListener {
    let events: AsyncStream<BoxEvent>.Continuation

    func record(_ event: SupervisionEvent) {
        switch event {
        case .stateChanged(let identity, _, let to, let reason):
            events.yield(.state(identity.path.name, to: to, reason: reason))
        case .readinessChanged(let identity, let isReady):
            events.yield(.readiness(identity.path.name, isReady))
        case .circuit(_, .opened, let report):
            if let failure = report.failure { events.yield(.opened(failure)) }
        case .circuit(_, .recovered, _):
            events.yield(.recovered)
        default:
            // All else is of no account here.
            break
        }
    }

    func flowObserved(_ path: HierarchyPath, _ observation: BenthosObservation, stallAfter: Duration) {
        events.yield(.flow(path.name, observation))
    }

    func flowRolledBack(_ path: HierarchyPath, _ refusal: FlowRefusal) {
        events.yield(.rolledBack(path.name, refusal))
    }

    func brokerObserved(_ path: HierarchyPath, _ observation: RedpandaObservation) {
        events.yield(.broker(path.name, observation))
    }

    func connectionObserved(_ path: HierarchyPath, _ observation: ConnectionObservation) {
        events.yield(.connection(path.name, observation))
    }

    func limitsNotApplied(_ path: HierarchyPath, _ limits: [UnappliedLimit]) {}

    func processAdopted(_ path: HierarchyPath, _ child: ChildProcess) {
        events.yield(.started(path.name, pid: child.pid))
    }

    func processSuperseded(_ path: HierarchyPath, _ child: ChildProcess) {}

    func processStarted(_ path: HierarchyPath, _ child: ChildProcess) {
        events.yield(.started(path.name, pid: child.pid))
    }

    func processEnded(_ path: HierarchyPath, _ exit: ProcessExit) {
        events.yield(.ended(path.name, exit.status))
    }

    func processWrote(_ path: HierarchyPath, _ line: OutputLine) {
        events.yield(.wrote(path.name, line.text))
    }
}

extension HierarchyPath {
    /// The name of the child itself.
    fileprivate var name: String { components.last.map(String.init) ?? "" }
}
