extension Supervisor {
    /// Puts the declared children in order, those that exist keeping their place in life.
    ///
    /// - Parameter slot: gives the place of a declared child.
    /// - Throws: ``SupervisionError`` for a declaration that contradicts itself; nothing has changed then.
    func declareChildren(_ slot: (ChildSpec) -> ChildSlot) throws(SupervisionError) {
        let added = registry.added[identity.path]
        let specs = machine.declaration.children + (added?.children ?? [])
        // Nothing is touched when the declaration contradicts itself.
        _ = try Siblings(specs.map { ChildSlot($0, isHeldStopped: false) }, revision: 0)
        let declared = specs.map(slot)
        let names = Set(declared.map(\.spec.name))
        let leaving = slots.filter { !names.contains($0.spec.name) }
        for slot in leaving { slot.remove() }
        children = try Siblings(declared + leaving, revision: children.revision + 1)
        health.checker = InfrastructureHealthChecker(machine.declaration.checks + (added?.checks ?? []))
    }

    /// Follows a change of what is declared; a declaration that contradicts itself leaves everything as it was.
    func redeclareChildren(_ context: TickContext) throws(SupervisionError) {
        try declareChildren { spec in
            guard let position = self.children.positions[spec.name] else {
                return self.registry.makeSlot(spec, at: self.identity.path.appending(spec.name))
            }
            self.slots[position].update(spec, context)
            return self.slots[position]
        }
        context.emit(.childUpdated(identity, children: slots.map(\.spec.name), checks: checkLabels))
    }

    /// Makes what is declared and not there, and forgets what has gone for good.
    func reconcileChildren(_ context: TickContext) {
        var isAnyGone = false
        for index in children.dependencies.order where !reconcile(index, context) { isAnyGone = true }
        guard isAnyGone else { return }
        let remaining = slots.filter { $0.retirement != .remove || $0.supervisor != nil }
        // Taking children away cannot make an order impossible that was possible with them.
        if let siblings = try? Siblings(remaining, revision: children.revision + 1) { children = siblings }
    }

    /// Ticks the children in dependency order, those aside that have nothing to decide.
    func tickChildren(_ context: TickContext) {
        let holdsBack = holdsChildrenBack
        let isQuiet = !holdsBack && health.circuit.incident == nil
        for index in children.dependencies.order {
            let slot = slots[index]
            if isQuiet, slot.isUnderRepair { slot.isUnderRepair = false }
            guard let child = slot.supervisor, !holdsBack || slot.isExempt else { continue }
            let target = assignTarget(index)
            if child.isIdle(target, at: context.now) { continue }
            child.tick(target: target, context)
        }
    }

    /// Settles a child's siblings after it changed: dependents may start, dependencies may stop.
    func childChanged(_ name: String, _ context: TickContext) {
        let before = slot.standing
        guard let changed = children.positions[name] else { return }
        var pending = [changed]
        // Each round settles one child; the bound keeps children that send each other round in circles from holding
        // up the tree: what is left is settled at the next tick.
        var rounds = slots.count * 2 + 2
        while let index = pending.popLast(), rounds > 0 {
            rounds -= 1
            // One that has gone for good is taken out of the order at the next tick.
            guard reconcile(index, context) else { continue }
            settle(index, context, &pending)
        }
        advance(context)
        if slot.standing != before { parent?.childChanged(slot.spec.name, context) }
    }

    /// The names of the dependencies that a child waits for before its first start.
    func missingDependencies(_ index: Int) -> [String] {
        guard wanted(index) == .running, !slots[index].isReleased else { return [] }
        return children.dependencies.dependencies[index].filter { !slots[$0].isReady }.map { slots[$0].spec.name }
    }

    /// What a child should do, its dependencies aside.
    func wanted(_ index: Int) -> DesiredState {
        slots[index].wanted(parentTarget: target, parentState: machine.condition.state)
    }

    /// Takes a supervisor apart once nothing of it runs, and what is below it first.
    func dismantle(isFinal: Bool, _ context: TickContext) {
        for slot in slots { slot.dismantle(registry, isFinal: isFinal, context) }
    }

    private func reconcile(_ index: Int, _ context: TickContext) -> Bool {
        let slot = slots[index]
        if slot.supervisor != nil, slot.retirement == nil { return true }
        let isThere = slot.reconcile(registry, parent: self, context)
        if children.refresh(index) { noteStanding() }
        return isThere
    }

    /// Decides what a child should do now, given what it and its siblings are doing.
    ///
    /// A child starts once what it depends on is ready, and stops once those that depend on it and should stop as well
    /// have stopped.
    private func assignTarget(_ index: Int) -> DesiredState {
        let slot = slots[index]
        switch wanted(index) {
        case .running:
            if !slot.isReleased, children.dependencies.dependencies[index].allSatisfy({ slots[$0].isReady }) {
                slot.isReleased = true
            }
            return slot.isReleased ? .running : .stopped
        case .stopped:
            if slot.isAtRest { slot.isReleased = false }
            let dependents = children.dependencies.dependents[index]
            // Dependents that are held back stop later: waiting for them could last for ever.
            let isNeeded = dependents.contains { wanted($0) == .stopped && !slots[$0].isAtRest && actsOn(slots[$0]) }
            return isNeeded ? slot.supervisor?.target ?? .stopped : .stopped
        }
    }

    private func settle(_ changed: Int, _ context: TickContext, _ pending: inout [Int]) {
        let dependencies = children.dependencies
        for index in [changed] + dependencies.dependents[changed] + dependencies.dependencies[changed] {
            guard let child = slots[index].supervisor, actsOn(slots[index]) else { continue }
            let newTarget = assignTarget(index)
            guard newTarget != child.target else { continue }
            let before = slots[index].standing
            child.tick(target: newTarget, context)
            if slots[index].standing != before { pending.append(index) }
        }
    }
}
