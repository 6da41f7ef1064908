@testable import Supervision

/// What must hold of every action at the moment at which it is offered to the executor.
struct OfferInvariants {
    /// When an operator last commanded something at a full path.
    var commands: [String: Moment] = [:]
    private(set) var violation: ScheduleViolation?

    mutating func note(_ request: ActionRequest, _ tree: TreeHarness) {
        guard violation == nil else { return }
        guard let supervisor = tree.registry.supervisor(request.supervisor), supervisor.identity.path == request.path
        else {
            violation = ScheduleViolation("no action is taken for a removed supervisor", "\(request.path)")
            return
        }
        guard request.name == "start" else { return }
        var child = supervisor
        noteStart(of: supervisor, request)
        // What depends on a child may still have to be stopped, and needs it for that: the child goes on until then.
        while let parent = child.parent, violation == nil, parent.target == .running || !isNeeded(child) {
            noteStart(below: parent, child, request)
            child = parent
        }
    }

    private mutating func noteStart(of supervisor: Supervisor, _ request: ActionRequest) {
        guard supervisor.target == .running else {
            violation = ScheduleViolation("nothing is started that should stop", "\(request.path)")
            return
        }
        guard supervisor.slot.isHeldStopped || supervisor.slot.retirement != nil else { return }
        guard !isNeeded(supervisor) else { return }
        violation = ScheduleViolation("a child that is held or retired is not started", "\(request.path)")
    }

    private mutating func noteStart(below parent: Supervisor, _ child: Supervisor, _ request: ActionRequest) {
        guard parent.target == .running else {
            violation = ScheduleViolation("nothing acts below a parent that should stop", "\(request.path)")
            return
        }
        guard let incident = parent.health.circuit.incident, incident.failure.impact == .allWorkers else { return }
        guard child.slot.isSteady, !child.slot.isUnderRepair else { return }
        violation = ScheduleViolation("an open circuit leaves the children alone", "\(request.path)")
    }

    /// Whether others depend on the child: one that has to be stopped may be kept running for them until the tick after
    /// they have stopped.
    private func isNeeded(_ supervisor: Supervisor) -> Bool {
        guard let parent = supervisor.parent else { return false }
        guard let position = parent.children.positions[supervisor.identity.path.name] else { return false }
        return !parent.children.dependencies.dependents[position].isEmpty
    }
}
