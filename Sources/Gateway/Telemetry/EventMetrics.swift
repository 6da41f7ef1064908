import Exposition
import Logging
import Supervision

/// Makes metrics from the engine's events.
struct EventMetrics: SupervisionObserver {
    let supervisor: SupervisorMetrics
    let child: ChildMetrics
    let catalog: WorkerCatalog
    let logger: Logger

    func record(_ event: SupervisionEvent) {
        do throws(ExpositionError) {
            try count(event)
        } catch {
            // Names and labels are fixed, so this is a mistake in the program: said, and nothing else is disturbed.
            logger.error("Metric refused", metadata: ["error": "\(error)"])
        }
    }

    private func count(_ event: SupervisionEvent) throws(ExpositionError) {
        switch event {
        case .childCreated(let identity, let children, _):
            try created(identity, children)
        case .childRemoved(let identity, _):
            supervisor.ticks.nodes.decrement()
            try child.ready.labels(identity.path.description, identity.type.description).set(0)
        case .childCreationFailed, .childUpdated, .restartRequested, .decisionFailed, .circuit, .actionAwaited,
            .actionOutlasted, .observationStale, .collectorRestarted:
            break
        case .stateChanged(let identity, let from, let to, _):
            try state(identity, from).set(0)
            try state(identity, to).set(1)
        case .readinessChanged(let identity, let isReady):
            try child.ready.labels(identity.path.description, identity.type.description).set(isReady ? 1 : 0)
        case .actionEnqueued(let identity, let action):
            try supervisor.actions.noteEnqueued(identity.path, action)
        case .actionRefused(_, _, let admission):
            try supervisor.actions.noteRefused(admission)
        case .actionCompleted(let identity, let outcome):
            try supervisor.actions.noteCompleted(identity.path, outcome)
        case .collectionFailed:
            supervisor.ticks.failedCollections.increment()
        case .collected(_, let duration):
            supervisor.ticks.collections.observe(duration)
        case .ticked(let duration, let overran, let waitingActions):
            supervisor.ticks.duration.observe(duration)
            supervisor.ticks.waitingActions.set(waitingActions)
            if overran { supervisor.ticks.overruns.increment() }
        }
    }

    /// Makes all series of a new child, so that rates are right from the first failure on.
    private func created(_ identity: WorkerIdentity, _ children: [String]) throws(ExpositionError) {
        supervisor.ticks.nodes.increment()
        try supervisor.prepareSupervisor(identity.path, children: children)
        guard let entry = catalog.entry(identity.type) else { return }
        try supervisor.actions.prepare(identity.path, actions: entry.actions)
        for name in entry.states { try state(identity, name).set(name == entry.initialState ? 1 : 0) }
        try child.ready.labels(identity.path.description, identity.type.description)
    }

    private func state(_ identity: WorkerIdentity, _ name: String) throws(ExpositionError) -> GaugeSeries {
        try child.state.labels(identity.path.description, identity.type.description, name)
    }
}
