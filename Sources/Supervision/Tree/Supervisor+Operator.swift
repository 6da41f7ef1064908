/// What an operator asks of a child.
public enum OperatorCommand: String, Sendable {
    /// Run the child again after a stop.
    case start
    /// Stop the child and leave it stopped, also when the gateway is started again.
    case stop
    /// Stop the child and replace it by a fresh one with a new id.
    case restart
    /// Close the circuits of the child and of all below it, and forget the attempts.
    case resetCircuit = "circuit_reset"
}

extension ChildSlot {
    /// Finds a child's place by its path.
    ///
    /// - Parameter path: the names below this child; empty for this child itself.
    /// - Returns: the place, or nil when the path names no child.
    func locate(_ path: ArraySlice<Substring>) -> ChildSlot? {
        guard let name = path.first else { return self }
        return supervisor?.slots.first { $0.spec.name == name }?.locate(path.dropFirst())
    }

    /// Whether a path below this child is declared; below one that could not be made nobody knows, so anything may be.
    func declares(_ path: ArraySlice<Substring>) -> Bool {
        guard let name = path.first, let supervisor else { return true }
        return supervisor.slots.first { $0.spec.name == name }?.declares(path.dropFirst()) ?? false
    }

    /// Notes what an operator asked of the child; the next tick acts on it.
    func apply(_ command: OperatorCommand, _ context: TickContext) {
        switch command {
        case .start: isHeldStopped = false
        case .stop: isHeldStopped = true
        case .restart:
            isHeldStopped = false
            restart(context)
        case .resetCircuit:
            supervisor?.resetCircuit(context)
            for slot in supervisor?.slots ?? [] { slot.apply(.resetCircuit, context) }
            return
        }
        guard let supervisor else { return }
        // What an operator asks for is done also while the parent holds its children back.
        if supervisor.parent?.holdsChildrenBack == true { isUnderRepair = true }
        supervisor.noteStanding()
        context.persist(.put(supervisor.machine.desiredDocument(isHeldStopped ? .stopped : .running)))
    }

    /// Describes the child and everything below it.
    func report(_ context: TickContext, path: HierarchyPath, wanted: DesiredState, waitingFor missing: [String])
        -> NodeReport
    {
        let waiting = missing.isEmpty ? nil : "waiting for " + missing.joined(separator: ", ")
        let held = isHeldStopped ? "stopped by an operator" : nil
        return NodeReport(
            path: path,
            type: spec.workerType,
            id: supervisor?.identity.id,
            state: supervisor?.machine.condition.state ?? "failed",
            desired: wanted,
            isReady: isReady,
            reason: failedCreation?.error ?? waiting ?? supervisor.flatMap { $0.machine.reason($0.inputs, context) }
                ?? held,
            circuit: supervisor?.circuitReport(context),
            children: supervisor?.reportChildren(context) ?? []
        )
    }
}

extension Supervisor {
    fileprivate func reportChildren(_ context: TickContext) -> [NodeReport] {
        slots.indices.map { index in
            slots[index].report(
                context,
                path: identity.path.appending(slots[index].spec.name),
                wanted: wanted(index),
                waitingFor: missingDependencies(index)
            )
        }
    }
}
