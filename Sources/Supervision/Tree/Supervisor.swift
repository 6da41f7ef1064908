/// Owns one worker and that worker's child supervisors.
///
/// Everything in here is synchronous: a supervisor decides, and what it decides leaves through the ``TickContext``.
/// Confined to whoever owns the tree.
final class Supervisor {
    let identity: WorkerIdentity
    let signal: ObservationSignal
    let machine: any StateMachine
    var slots: [ChildSlot]
    let dependencies: DependencyOrder
    let registry: SupervisorRegistry
    var target: DesiredState = .stopped
    private weak var parent: Supervisor?
    private var cachedChildStates: ChildStates?
    private var childrenRevision = 0

    init(
        identity: WorkerIdentity,
        machine: any StateMachine,
        signal: ObservationSignal,
        registry: SupervisorRegistry,
        parent: Supervisor?
    ) throws(SupervisionError) {
        self.identity = identity
        self.machine = machine
        self.signal = signal
        self.registry = registry
        self.parent = parent
        slots = machine.declaredChildren.map { ChildSlot(spec: $0) }
        dependencies = try DependencyOrder(slots.map { ($0.spec.name, $0.spec.dependsOn) })
    }

    /// Whether nothing of the worker or of its children runs.
    var isAtRest: Bool { machine.condition.isAtRest && childStates.areAllAtRest }

    /// Whether others may rely on the worker now.
    var isReady: Bool { machine.condition.isReady }

    /// Ticks the whole subtree: children in dependency order, then the worker's own state machine.
    ///
    /// - Parameters:
    ///   - target: what this supervisor should do.
    ///   - context: the time and the ways out.
    func tick(target: DesiredState, _ context: TickContext) {
        self.target = target
        for index in dependencies.order {
            reconcile(index, context)
            let wasAtRest = slots[index].isAtRest
            let wasReady = slots[index].isReady
            slots[index].supervisor?.tick(target: assignTarget(index), context)
            if slots[index].isAtRest != wasAtRest || slots[index].isReady != wasReady { forgetChildStates() }
        }
        advance(context)
    }

    /// Follows an event that concerns this supervisor only: its own machine decides, and whoever is touched by what it
    /// decides follows.
    func react(_ context: TickContext) {
        let before = outwardCondition
        advance(context)
        if outwardCondition != before { parent?.childChanged(identity.path.name, context) }
    }

    /// What of this supervisor its siblings and its parent react to.
    private var outwardCondition: MachineCondition {
        var condition = machine.condition
        condition.isAtRest = isAtRest
        return condition
    }

    /// What the worker's machine is told.
    var inputs: MachineInputs {
        MachineInputs(target: target, children: childStates, childrenRevision: childrenRevision)
    }

    private func advance(_ context: TickContext) {
        let before = machine.condition.state
        switch machine.advance(inputs, context) {
        case .carryOn: break
        case .replace: parent?.retire(identity, .replace)
        case .remove: parent?.retire(identity, .remove)
        }
        if machine.condition.state != before { parent?.forgetChildStates() }
    }

    /// Settles a child's siblings after it changed: dependents may start, dependencies may stop.
    private func childChanged(_ name: String, _ context: TickContext) {
        let before = outwardCondition
        forgetChildStates()
        guard let changed = slots.firstIndex(where: { $0.spec.name == name }) else { return }
        var pending = [changed]
        // Each round settles one child; the bound keeps children that send each other round in circles from holding
        // up the tree: what is left is settled at the next tick.
        var rounds = slots.count * 2 + 2
        while let index = pending.popLast(), rounds > 0 {
            rounds -= 1
            reconcile(index, context)
            settle(index, context, &pending)
        }
        advance(context)
        if outwardCondition != before { parent?.childChanged(identity.path.name, context) }
    }

    private func settle(_ changed: Int, _ context: TickContext, _ pending: inout [Int]) {
        for index in [changed] + dependencies.dependents[changed] + dependencies.dependencies[changed] {
            guard let child = slots[index].supervisor else { continue }
            let newTarget = assignTarget(index)
            guard newTarget != child.target else { continue }
            let before = child.outwardCondition
            child.tick(target: newTarget, context)
            guard child.outwardCondition != before else { continue }
            forgetChildStates()
            pending.append(index)
        }
    }

    private func forgetChildStates() {
        cachedChildStates = nil
        childrenRevision += 1
    }

    /// What the worker's machine may know of its children; kept until one of them changes.
    private var childStates: ChildStates {
        if let cachedChildStates { return cachedChildStates }
        var states: [String: String] = [:]
        var wanted = 0
        var ready = 0
        var areAllAtRest = true
        for slot in slots {
            states[slot.spec.name] = slot.supervisor?.machine.condition.state ?? "failed"
            areAllAtRest = areAllAtRest && slot.isAtRest
            guard slot.spec.isEnabled, !slot.isHeldStopped else { continue }
            wanted += 1
            if slot.isReady { ready += 1 }
        }
        let result = ChildStates(states: states, wanted: wanted, ready: ready, areAllAtRest: areAllAtRest)
        cachedChildStates = result
        return result
    }
}
