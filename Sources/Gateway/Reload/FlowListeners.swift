import Supervision
import Workers

/// Passes what is seen of flows on to several consumers.
struct FlowListeners: FlowListener {
    let listeners: [any FlowListener]

    func flowObserved(_ path: HierarchyPath, _ observation: BenthosObservation) {
        for listener in listeners { listener.flowObserved(path, observation) }
    }

    func flowRolledBack(_ path: HierarchyPath, _ refusal: FlowRefusal) {
        for listener in listeners { listener.flowRolledBack(path, refusal) }
    }
}
