import Supervision
import Workers

/// Passes what is seen of flows on to several consumers.
struct FlowListeners: FlowListener {
    let listeners: [any FlowListener]

    func flowObserved(_ path: HierarchyPath, _ observation: BenthosObservation, stallAfter: Duration) {
        for listener in listeners { listener.flowObserved(path, observation, stallAfter: stallAfter) }
    }

    func flowRolledBack(_ path: HierarchyPath, _ refusal: FlowRefusal) {
        for listener in listeners { listener.flowRolledBack(path, refusal) }
    }
}
