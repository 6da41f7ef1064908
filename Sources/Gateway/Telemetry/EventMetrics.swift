import Exposition
import Logging
import Supervision
import Synchronization
import Workers

/// Makes metrics from the engine's events.
final class EventMetrics: SupervisionObserver {
    private let telemetry: Telemetry
    private let supervisor: SupervisorMetrics
    private let child: ChildMetrics
    private let ledger: ChildLedger
    private let catalog: WorkerCatalog
    private let logger: Logger
    private let nodes = Mutex(SupervisedNodes())

    init(_ telemetry: Telemetry, catalog: WorkerCatalog, logger: Logger) {
        self.telemetry = telemetry
        supervisor = telemetry.supervisor
        child = telemetry.child
        ledger = telemetry.ledger
        self.catalog = catalog
        self.logger = logger
    }

    func record(_ event: SupervisionEvent) {
        do throws(ExpositionError) {
            try count(event)
        } catch {
            // Names and labels are fixed, so this is a mistake in the program: said, and nothing else is disturbed.
            logger.error("Metric refused", metadata: ["error": "\(error)"])
        }
    }

    private func count(_ event: SupervisionEvent) throws(ExpositionError) {
        let (actions, collectors) = (supervisor.actions, supervisor.collectors)
        switch event {
        case .childCreated(let identity, let children, let checks): try created(identity, children, checks)
        case .childUpdated(let identity, let children, let checks): try updated(identity, children, checks)
        case .childRemoved(let identity, let isFinal): try removed(identity, isFinal: isFinal)
        case .childCreationFailed: try supervisor.tree.note(.failed)
        case .restartRequested(let identity, let isDuplicate):
            try supervisor.tree.noteRestart(identity.path, isDuplicate: isDuplicate)
        case .stateChanged(let identity, let from, let to, _):
            try state(identity, from).set(0)
            try state(identity, to).set(1)
        case .readinessChanged(let identity, let isReady): try ready(identity).set(isReady ? 1 : 0)
        case .decisionFailed(let identity, _): try supervisor.tree.noteError(identity.path)
        case .circuit(let identity, let change, let report):
            try supervisor.circuit.note(change, report, of: identity.path)
        case .actionEnqueued(let identity, let action, _): try actions.noteEnqueued(identity.path, action)
        case .actionRefused(_, _, let admission): try actions.noteRefused(admission)
        case .actionAwaited: break
        case .actionCompleted(let identity, let outcome): try actions.noteCompleted(identity.path, outcome)
        case .actionOutlasted(let identity, let ranOn):
            try supervisor.circuit.noteOutlasted(identity.path, ranOn: ranOn)
        case .collectionFailed: collectors.failures.increment()
        case .collected(_, let duration): collectors.duration.observe(duration)
        case .observationStale(let identity, let isStale): setStale(identity, isStale)
        case .collectorRestarted: collectors.restarts.increment()
        case .ticked(let delay, let duration, let overran, let waitingActions):
            supervisor.ticks.note(delay: delay, duration: duration, overran: overran, waitingActions: waitingActions)
        }
    }

    /// Makes all series of a new child, so that rates are right from the first failure on.
    private func created(
        _ identity: WorkerIdentity,
        _ children: [String],
        _ checks: [CheckLabel]
    ) throws(ExpositionError) {
        try supervisor.tree.note(.created)
        let node = try declare(identity, children, checks)
        try supervisor.circuit.noteFresh(node)
        try supervisor.tree.prepare(identity.path)
        telemetry.open(identity.path, identity.type)
        guard let entry = catalog.entry(identity.type) else { return }
        if entry.runsProgram { try ledger.open(identity.path) }
        try supervisor.actions.prepare(identity.path, actions: entry.actions)
        for name in entry.states { try state(identity, name).set(name == entry.initialState ? 1 : 0) }
        try ready(identity).set(0)
    }

    private func updated(
        _ identity: WorkerIdentity,
        _ children: [String],
        _ checks: [CheckLabel]
    ) throws(ExpositionError) {
        try supervisor.tree.note(.updated)
        _ = try declare(identity, children, checks)
    }

    private func removed(_ identity: WorkerIdentity, isFinal: Bool) throws(ExpositionError) {
        try supervisor.tree.note(.removed)
        try ready(identity).set(0)
        forget(change { $0.remove(identity.path, isFinal: isFinal) })
    }

    private func declare(
        _ identity: WorkerIdentity,
        _ children: [String],
        _ checks: [CheckLabel]
    ) throws(ExpositionError) -> SupervisedNode {
        let (departure, node) = change { ($0.declare(identity, children: children, checks: checks), $0[identity.path]) }
        forget(departure)
        let declared = node ?? SupervisedNode(path: identity.path, type: identity.type)
        try supervisor.circuit.prepare(declared)
        return declared
    }

    private func setStale(_ identity: WorkerIdentity, _ isStale: Bool) {
        change { $0.setStale(identity.path, isStale) }
    }

    /// Changes what is known of the tree and shows its new shape.
    private func change<Result: Sendable>(_ body: (inout SupervisedNodes) -> Result) -> Result {
        nodes.withLock { nodes in
            defer {
                supervisor.tree.noteShape(nodes)
                supervisor.collectors.stale.set(nodes.staleCount)
            }
            return body(&nodes)
        }
    }

    /// Takes the series of what has gone for good out of the exposition.
    private func forget(_ departure: SupervisedNodes.Departure) {
        for (path, children) in departure.children {
            supervisor.circuit.forget(children: children, checks: [], of: path)
        }
        for (path, checks) in departure.checks { supervisor.circuit.forget(children: [], checks: checks, of: path) }
        for node in departure.nodes {
            supervisor.circuit.forget(node)
            supervisor.tree.forget(node.path)
            ledger.close(node.path)
            telemetry.close(node.path, node.type)
            child.ready.remove(node.path.description, node.type.description)
            guard let entry = catalog.entry(node.type) else { continue }
            supervisor.actions.forget(node.path, actions: entry.actions)
            for name in entry.states { child.state.remove(node.path.description, node.type.description, name) }
        }
    }

    private func ready(_ identity: WorkerIdentity) throws(ExpositionError) -> GaugeSeries {
        try child.ready.labels(identity.path.description, identity.type.description)
    }

    private func state(_ identity: WorkerIdentity, _ name: String) throws(ExpositionError) -> GaugeSeries {
        try child.state.labels(identity.path.description, identity.type.description, name)
    }
}
