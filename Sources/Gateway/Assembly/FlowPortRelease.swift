import Supervision
import Workers

/// Gives up the ports of flows that have gone for good, so that those which come and go do not use up the range.
struct FlowPortRelease: SupervisionObserver {
    let ports: FlowPorts

    func record(_ event: SupervisionEvent) {
        if case .childRemoved(let identity, isFinal: true) = event { ports.release(identity.path) }
    }
}
