/// What an operator asks of a child.
public enum OperatorCommand: String, Sendable {
    /// Run the child again after a stop.
    case start
    /// Stop the child and leave it stopped.
    case stop
    /// Stop the child and replace it by a fresh one with a new id.
    case restart
}

extension Supervisor {
    /// Finds a supervisor's slot by path.
    ///
    /// - Returns: the parent and the slot's index, or nil when the path names no child.
    func locate(_ path: ArraySlice<Substring>) -> (parent: Supervisor, index: Int)? {
        guard let name = path.first, let index = slots.firstIndex(where: { $0.spec.name == name }) else { return nil }
        let rest = path.dropFirst()
        return rest.isEmpty ? (self, index) : slots[index].supervisor?.locate(rest)
    }

    /// Notes what an operator asked of a child; the next tick acts on it.
    func apply(_ command: OperatorCommand, to index: Int) {
        switch command {
        case .start:
            slots[index].isHeldStopped = false
        case .stop:
            slots[index].isHeldStopped = true
        case .restart:
            slots[index].isHeldStopped = false
            slots[index].failedCreation = nil
            if let child = slots[index].supervisor { retire(child.identity, .replace) }
        }
    }

    /// Describes this supervisor and everything below it.
    func report(_ context: TickContext, wanted: DesiredState, waitingFor missing: [String] = []) -> NodeReport {
        let condition = machine.condition
        let waiting = missing.isEmpty ? nil : "waiting for " + missing.joined(separator: ", ")
        return NodeReport(
            path: identity.path,
            type: identity.type,
            id: identity.id,
            state: condition.state,
            desired: wanted,
            isReady: condition.isReady,
            reason: waiting ?? machine.reason(inputs, context),
            children: slots.indices.map { reportChild($0, context) }
        )
    }

    private func reportChild(_ index: Int, _ context: TickContext) -> NodeReport {
        let slot = slots[index]
        let wanted = slot.wanted(parentTarget: target, parentState: machine.condition.state)
        if let child = slot.supervisor {
            return child.report(context, wanted: wanted, waitingFor: missingDependencies(index))
        }
        return NodeReport(
            path: identity.path.appending(slot.spec.name),
            type: slot.spec.workerType,
            id: nil,
            state: "failed",
            desired: wanted,
            isReady: false,
            reason: slot.failedCreation?.error,
            children: []
        )
    }
}
