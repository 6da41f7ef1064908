/// Owns one worker and that worker's child supervisors.
///
/// Everything in here is synchronous: a supervisor decides, and what it decides leaves through the ``TickContext``.
/// Confined to whoever owns the tree.
final class Supervisor {
    let identity: WorkerIdentity
    let signal: ObservationSignal
    let machine: any StateMachine
    let registry: SupervisorRegistry
    let createdAt: Moment
    /// How often in a row the collector was replaced because it brought nothing.
    var collectorRestarts = 0 {
        didSet { if collectorRestarts != oldValue { noteStanding() } }
    }
    var children: Siblings
    var health = SupervisorHealth()
    private(set) var target: DesiredState = .stopped
    private(set) var readySince: Moment?
    unowned let parent: Supervisor?
    unowned let slot: ChildSlot

    /// Creates a supervisor in its place, with the places of its children; theirs are made in its first tick.
    ///
    /// - Throws: ``SupervisionError`` when the children that the worker declares contradict each other.
    init(
        identity: WorkerIdentity,
        machine: any StateMachine,
        signal: ObservationSignal,
        registry: SupervisorRegistry,
        createdAt: Moment,
        parent: Supervisor?,
        slot: ChildSlot
    ) throws(SupervisionError) {
        self.identity = identity
        self.machine = machine
        self.signal = signal
        self.registry = registry
        self.createdAt = createdAt
        self.parent = parent
        self.slot = slot
        children = try Siblings([], revision: 0)
        try declareChildren { registry.makeSlot($0, at: identity.path.appending($0.name)) }
    }

    var slots: [ChildSlot] { children.slots }

    var checkLabels: [CheckLabel] {
        health.checker.labels + slots.map { CheckLabel(check: ConsistencyCheck.childEscalated, child: $0.spec.name) }
    }

    /// Whether nothing of the worker or of its children runs.
    var isAtRest: Bool { machine.condition.isAtRest && children.states.areAllAtRest }

    /// Whether the worker is in trouble that it cannot put right, or brings no observations.
    var isAiling: Bool { collectorRestarts > 0 || machine.condition.trouble != nil }

    /// Whether others may rely on the worker now.
    var isReady: Bool { machine.condition.isReady }

    /// Ticks the whole subtree in the order of the specification: infrastructure health, derivation, reconciliation, the
    /// children in dependency order, then the worker's own state machine.
    ///
    /// - Parameters:
    ///   - target: what this supervisor should do.
    ///   - context: the time and the ways out.
    func tick(target: DesiredState, _ context: TickContext) {
        self.target = target
        // An open circuit is worked on also when the last child was taken away: somebody has to close it.
        if !slots.isEmpty || health.circuit.incident != nil { checkInfrastructure(context) }
        work(context)
    }

    /// Whether a tick would change nothing: most children have no news in most ticks.
    func isIdle(_ target: DesiredState, at now: Moment) -> Bool {
        target == self.target && slots.isEmpty && machine.isIdle(target, at: now)
    }

    /// Follows an event that concerns this supervisor: what a tick does, but for the checks, which count ticks.
    ///
    /// While an ancestor holds its children back, the news waits for the tick that lets them go on.
    func react(_ context: TickContext) {
        guard !isHeldBack else { return }
        let before = slot.standing
        work(context)
        if slot.standing != before { parent?.childChanged(slot.spec.name, context) }
    }

    /// Notes the end of the worker's action, and how long it went on after a circuit above it had opened.
    func actionEnded(_ outcome: ActionOutcome, _ context: TickContext) {
        machine.actionEnded(outcome)
        var above: Supervisor? = self
        while let supervisor = above {
            if let opened = supervisor.health.circuit.incident?.openedAt, opened > outcome.startedAt {
                context.emit(.actionOutlasted(supervisor.identity, ranOn: opened.duration(to: outcome.endedAt)))
                return
            }
            above = supervisor.parent
        }
    }

    /// Whether the children are not to be acted on: they contradict each other, or the worker acts itself.
    var holdsChildrenBack: Bool {
        target == .running && health.circuit.pausesAll || machine.actionInProgress != nil
    }

    /// Whether a child is acted on now: what is being repaired, replaced or stopped is, also while its siblings wait.
    func actsOn(_ slot: ChildSlot) -> Bool {
        !holdsChildrenBack || slot.isExempt
    }

    private var isHeldBack: Bool {
        guard let parent else { return false }
        return !parent.actsOn(slot) || parent.isHeldBack
    }

    /// What the worker's machine is told.
    var inputs: MachineInputs {
        MachineInputs(
            target: target,
            children: children.states,
            childrenRevision: children.revision,
            parentDeadline: parent?.machine.actionInProgress?.deadline
        )
    }

    /// Lets the worker's own machine decide, unless the infrastructure below it is failing.
    func advance(_ context: TickContext) {
        if target == .running, health.circuit.pausesAll { return }
        switch machine.advance(inputs, context) {
        case .carryOn: break
        case .replace: slot.restart(context)
        case .remove: slot.remove()
        }
        noteReadiness(context)
        noteStanding()
    }

    /// Lets the parent know how this child stands now, and those above where that changes how the parent stands.
    func noteStanding() {
        guard let parent, let position = parent.children.positions[slot.spec.name] else { return }
        if parent.children.refresh(position) { parent.noteStanding() }
    }

    private func noteReadiness(_ context: TickContext) {
        guard isReady != (readySince != nil) else { return }
        if let readySince, slot.isSteady, target == .running {
            slot.relapses.failed(
                readyFor: readySince.duration(to: context.now), at: context.now, context.settings.circuit)
        }
        readySince = isReady ? context.now : nil
    }

    private func work(_ context: TickContext) {
        if machine.actionInProgress == nil { derive(context) }
        if !slots.isEmpty {
            reconcileChildren(context)
            tickChildren(context)
        }
        advance(context)
    }

    private func derive(_ context: TickContext) {
        guard machine.derive(context) else { return }
        let state: DesiredState = slot.isHeldStopped ? .stopped : .running
        context.persist(.put(machine.desiredDocument(state)), for: identity.id)
        do throws(SupervisionError) {
            try redeclareChildren(context)
        } catch {
            context.emit(.decisionFailed(identity, error: error.description))
        }
    }
}
