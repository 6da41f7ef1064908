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
    var collectorRestarts = 0
    var children = Siblings()
    var health = SupervisorHealth()
    private(set) var target: DesiredState = .stopped
    private(set) var readySince: Moment?
    private(set) weak var parent: Supervisor?
    private(set) weak var slot: ChildSlot?

    init(
        identity: WorkerIdentity,
        machine: any StateMachine,
        signal: ObservationSignal,
        registry: SupervisorRegistry,
        createdAt: Moment
    ) {
        self.identity = identity
        self.machine = machine
        self.signal = signal
        self.registry = registry
        self.createdAt = createdAt
    }

    /// Puts a fresh supervisor into its place and declares its children.
    func declareFirstChildren(parent: Supervisor?, slot: ChildSlot) throws(SupervisionError) {
        self.parent = parent
        self.slot = slot
        try declareChildren { self.registry.makeSlot($0, at: self.identity.path.appending($0.name)) }
    }

    var slots: [ChildSlot] { children.slots }

    var checkLabels: [CheckLabel] {
        health.checker.labels + slots.map { CheckLabel(check: ConsistencyCheck.childEscalated, child: $0.spec.name) }
    }

    /// Whether nothing of the worker or of its children runs.
    var isAtRest: Bool { machine.condition.isAtRest && slots.allSatisfy(\.isAtRest) }

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

    /// Follows an event that concerns this supervisor: what a tick does, but for the checks, which count ticks. While an
    /// ancestor holds its children back, the news waits for the tick that lets them go on.
    func react(_ context: TickContext) {
        guard !isHeldBack else { return }
        let before = outwardCondition
        work(context)
        if outwardCondition != before { parent?.childChanged(identity.path.name, context) }
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

    /// Hands a changed configuration to the worker, which derives from it in the next tick.
    ///
    /// - Returns: false when the worker cannot follow and has to be replaced.
    func follow(_ spec: ChildSpec) -> Bool {
        machine.follow(spec.configuration)
    }

    /// Whether the children are not to be acted on: they contradict each other, or the worker acts itself.
    var holdsChildrenBack: Bool {
        target == .running && health.circuit.pausesAll || machine.actionInProgress != nil
    }

    /// Whether a child is acted on now: what is being repaired, replaced or stopped is, also while its siblings wait.
    func actsOn(_ slot: ChildSlot) -> Bool {
        !holdsChildrenBack || slot.isUnderRepair || !slot.isSteady
    }

    private var isHeldBack: Bool {
        guard let parent, let slot else { return false }
        return !parent.actsOn(slot) || parent.isHeldBack
    }

    /// What of this supervisor its siblings and its parent react to.
    var outwardCondition: MachineCondition {
        var condition = machine.condition
        condition.isAtRest = isAtRest
        return condition
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
        let before = machine.condition.state
        switch machine.advance(inputs, context) {
        case .carryOn: break
        case .replace: slot?.restart(context)
        case .remove: slot?.remove()
        }
        let condition = machine.condition
        if condition.isReady != (readySince != nil) { readySince = condition.isReady ? context.now : nil }
        if condition.state != before { parent?.children.forgetStates() }
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
        let state: DesiredState = slot?.isHeldStopped == true ? .stopped : .running
        context.persist(.put(machine.desiredDocument(state)), for: identity.id)
        do throws(SupervisionError) {
            try redeclareChildren(context)
        } catch {
            context.emit(.decisionFailed(identity, error: error.description))
        }
    }
}
