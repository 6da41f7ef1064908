/// What a supervisor knows of the health of its children: the checks, and the circuit that they open.
struct SupervisorHealth {
    var checker = InfrastructureHealthChecker()
    var circuit = CircuitBreaker()
}

extension Supervisor {
    /// Evaluates the checks, and opens, works on, or closes the circuit.
    func checkInfrastructure(_ context: TickContext) {
        guard target == .running else { return resetCircuit(context) }
        let facts = SiblingFacts(slots: slots, positions: children.positions, now: context.now)
        let (checked, isUndecided) = health.checker.evaluate(
            facts,
            isAnyAiling: children.ailing > 0,
            threshold: context.settings.checkFailureThreshold
        )
        let found = escalatedChild() ?? checked
        guard let incident = health.circuit.incident else {
            if let found { fail(found, isRecovering: false, context) }
            return
        }
        let slot = children.positions[(found ?? incident.failure).child].map { slots[$0] }
        if found == nil, !isUndecided, !incident.isAttempted || isSettled(slot, context) {
            tell(.recovered, context)
            return closeCircuit { $0.close() }
        }
        fail(found ?? incident.failure, isRecovering: isRecovering(slot, isFailing: found != nil, context), context)
    }

    /// Closes the circuit without a recovery: by an operator's word, or because everything is to stop.
    func resetCircuit(_ context: TickContext) {
        guard health.circuit.incident != nil else { return }
        tell(.reset, context)
        closeCircuit { $0.reset() }
    }

    /// The circuit as operators see it, or nil for a supervisor without children.
    func circuitReport(_ context: TickContext) -> CircuitReport? {
        slots.isEmpty ? nil : health.circuit.report(at: context.now, context.settings.circuit)
    }

    /// Whether the child that was restarted has been ready for a while.
    ///
    /// Right after a restart there is nothing that a check could contradict. A child that should not run any more has
    /// nothing to recover.
    private func isSettled(_ slot: ChildSlot?, _ context: TickContext) -> Bool {
        guard let slot, slot.isSteady || slot.retirement == .replace else { return true }
        // While the circuit is open the parent's state, and with it what it maps to, does not change.
        if slot.isSteady, children.positions[slot.spec.name].map(wanted) == .stopped { return true }
        guard slot.retirement == nil, let readySince = slot.supervisor?.readySince else { return false }
        let settleTime = slot.relapses.settleTime(at: context.now, context.settings.circuit)
        return readySince.duration(to: context.now) >= settleTime
    }

    /// Whether the last attempt still has time left to succeed.
    private func isRecovering(_ slot: ChildSlot?, isFailing: Bool, _ context: TickContext) -> Bool {
        guard let slot, let child = slot.supervisor, slot.isUnderRepair, slot.isSteady else { return false }
        if child.isReady, !isFailing { return true }
        return ChildFacts(slot: slot, supervisor: child, now: context.now).isStartingUp
    }

    private func escalatedChild() -> CheckFailure? {
        guard children.escalated > 0 else { return nil }
        for (index, slot) in slots.enumerated() {
            guard let child = slot.supervisor, child.health.circuit.isEscalated, slot.retirement == nil else {
                continue
            }
            let failure = child.health.circuit.incident?.failure
            return CheckFailure(
                check: ConsistencyCheck.childEscalated,
                child: slot.spec.name,
                description: failure.map { "\($0.child): \($0.description)" } ?? "escalated",
                impact: children.dependencies.dependents[index].isEmpty ? .singleWorker : .allWorkers
            )
        }
        return nil
    }

    private func fail(_ failure: CheckFailure, isRecovering: Bool, _ context: TickContext) {
        let steps = health.circuit.fail(failure, at: context.now, isRecovering: isRecovering, context.settings)
        for step in steps {
            switch step {
            case .tell(let change):
                tell(change, context)
                guard change == .escalated else { continue }
                health.circuit.markEscalated()
                noteStanding()
            case .repair:
                guard failure.isRepairable, let position = children.positions[failure.child] else { continue }
                markUnderRepair(position)
                slots[position].relapses.repaired()
                slots[position].restart(context)
            }
        }
    }

    /// A fresh child starts once what it depends on is ready: what is not ready of that is put right as well.
    private func markUnderRepair(_ position: Int) {
        slots[position].isUnderRepair = true
        for dependency in children.dependencies.dependencies[position] where !slots[dependency].isReady {
            markUnderRepair(dependency)
        }
    }

    private func closeCircuit(_ close: (inout CircuitBreaker) -> Void) {
        close(&health.circuit)
        for slot in slots { slot.isUnderRepair = false }
        noteStanding()
    }

    private func tell(_ change: CircuitChange, _ context: TickContext) {
        context.emit(.circuit(identity, change, health.circuit.report(at: context.now, context.settings.circuit)))
    }
}
