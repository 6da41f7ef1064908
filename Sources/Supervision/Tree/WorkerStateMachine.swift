/// The state machine of one worker: its three documents, its current state, and at most one action in progress.
final class WorkerStateMachine<W: Worker>: StateMachine {
    /// More moves than this in one tick mean that states send the machine round in circles; the rest waits for the
    /// next tick, so that one wrong worker cannot hold up the tree.
    private static var movesPerTick: Int { 8 }

    private(set) var declaration: Declaration
    private(set) var condition: MachineCondition
    private let context: WorkerContext
    private let worker: W
    private let observed = ObservationSlot<W.Observed>()
    private var configuration: W.Configuration
    private var desired: DesiredDocument<W.Desired>
    private var state = W.initialState
    private var actions = ActionHistory()
    private var pace = DecisionPace()

    init(context: WorkerContext, worker: W, configuration: W.Configuration) throws {
        self.context = context
        self.worker = worker
        self.configuration = configuration
        let derivation = try worker.derive(configuration)
        desired = DesiredDocument(derivation.desired, revision: 1)
        declaration = Declaration(children: derivation.children, checks: derivation.checks)
        condition = MachineCondition(state: state.name, isAtRest: state.isAtRest)
    }

    var actionInProgress: ActionInProgress? { actions.inProgress }

    var subject: @Sendable (Moment) async throws -> Void {
        let (worker, observed, store, key) = (worker, observed, context.store, context.identity.key)
        return { start in
            let revision = observed.begin()
            let value = try await worker.collectObservedState()
            observed.store(Observation(value: value, collectedAt: start, revision: revision))
            store.note(Document(.observed, of: key, value), isUrgent: false)
        }
    }

    func follow(_ configuration: any WorkerConfiguration) -> Bool {
        guard let new = configuration as? W.Configuration, W.canFollow(from: self.configuration, to: new) else {
            return false
        }
        self.configuration = new
        pace.isDerivationDue = true
        return true
    }

    func derive(_ context: TickContext) -> Bool {
        guard pace.isDerivationDue else { return false }
        do {
            let derivation = try worker.derive(configuration)
            desired = DesiredDocument(derivation.desired, revision: desired.revision + 1)
            declaration = Declaration(children: derivation.children, checks: derivation.checks)
            pace.isDerivationDue = false
            pace.isDocumented = false
            return true
        } catch {
            context.emit(.decisionFailed(self.context.identity, error: String(describing: error)))
            return false
        }
    }

    func desiredDocument(_ state: DesiredState) -> Document {
        Document(.desired, of: context.identity.key, DesiredRecord(state: state, desired: desired.value))
    }

    func documented() { pace.isDocumented = true }

    func actionEnded(_ outcome: ActionOutcome) {
        actions.ended(outcome)
        pace.stayed = nil
        pace.staleRevision = observed.begun
    }

    func reason(_ inputs: MachineInputs, _ context: TickContext) -> String? {
        state.reason(makeSnapshot(inputs, observed.load(), context))
    }

    func observationAge(at now: Moment) -> Duration {
        lastCollection(orNow: now).duration(to: now)
    }

    func observed<Observed>(as type: Observed.Type) -> Observed? {
        observed.load()?.value as? Observed
    }

    func isIdle(_ target: DesiredState, at now: Moment) -> Bool {
        pace.isIdle(target, observed.revision, at: now)
    }

    func advance(_ inputs: MachineInputs, _ context: TickContext) -> MachineVerdict {
        if actions.inProgress != nil {
            if actions.tellAwaited() { context.emit(.actionAwaited(self.context.identity)) }
            return .carryOn
        }
        let knowledge = DecisionPace.Knowledge(
            target: inputs.target,
            childrenRevision: inputs.childrenRevision,
            observationRevision: observed.revision,
            desiredRevision: desired.revision
        )
        guard pace.isDue(knowledge, context) else { return .carryOn }
        let observation = observed.load()
        // An observation that was begun before the last action ended does not show its effect yet.
        if (observation?.revision ?? 0) <= pace.staleRevision { return .carryOn }
        if followStaleness(context), inputs.target == .running { return .carryOn }
        pace.stayed = nil
        return decide(inputs, observation, knowledge, context)
    }

    private func lastCollection(orNow now: Moment) -> Moment {
        observed.load()?.collectedAt ?? pace.firstSeen ?? now
    }

    private func decide(
        _ inputs: MachineInputs,
        _ observation: Observation<W.Observed>?,
        _ knowledge: DecisionPace.Knowledge,
        _ context: TickContext
    ) -> MachineVerdict {
        var snapshot = makeSnapshot(inputs, observation, context)
        defer { updateCondition(snapshot, context) }
        for _ in 0..<Self.movesPerTick {
            let transition: Transition<W.State>
            do {
                transition = try state.next(snapshot)
            } catch {
                context.emit(.decisionFailed(self.context.identity, error: String(describing: error)))
                return .carryOn
            }
            switch transition {
            case .stay:
                if !state.waitsForTime { pace.stayed = knowledge }
                return .carryOn
            case .move(let next):
                move(to: next, snapshot, context)
            case .perform(let action, let next):
                // The number was drawn for this decision alone, and a decision asks for one action at most.
                if enqueue(action, id: snapshot.entropy, by: inputs.parentDeadline, context) {
                    move(to: next, snapshot, context)
                }
                return .carryOn
            case .restart:
                return .replace
            case .remove:
                return .remove
            }
            snapshot = makeSnapshot(inputs, observation, context)
        }
        return .carryOn
    }

    /// Tells when the last observation becomes too old to act on, and when a fresh one is there again.
    private func followStaleness(_ context: TickContext) -> Bool {
        let staleAfter = context.settings.staleAfter
        pace.freshUntil = lastCollection(orNow: context.now).advanced(by: staleAfter)
        let isStale = context.now > pace.freshUntil
        if isStale != pace.isStale {
            pace.isStale = isStale
            context.emit(.observationStale(self.context.identity, isStale: isStale))
        }
        return isStale
    }

    private func makeSnapshot(
        _ inputs: MachineInputs,
        _ observation: Observation<W.Observed>?,
        _ context: TickContext
    ) -> Snapshot<W.Desired, W.Observed> {
        Snapshot(
            identity: self.context.identity,
            document: desired,
            inputs: inputs,
            observation: observation,
            now: context.now,
            lastAction: actions.last,
            entropy: context.entropy()
        )
    }

    private func move(to next: W.State, _ snapshot: Snapshot<W.Desired, W.Observed>, _ context: TickContext) {
        let previous = state.name
        state = next
        // Payloads may change without the name: that is the worker's own affair and no news to others.
        guard next.name != previous else { return }
        let identity = self.context.identity
        context.emit(.stateChanged(identity, from: previous, to: next.name, reason: next.reason(snapshot)))
        guard let observed = snapshot.observed else { return }
        self.context.store.note(Document(.observed, of: identity.key, observed), isUrgent: true)
    }

    private func enqueue(_ action: W.State.Action, id: UInt64, by deadline: Moment?, _ context: TickContext) -> Bool {
        guard let attempt = actions.attempt(action.name, at: context.now, context.settings.actionBackoff) else {
            return false
        }
        let (identity, worker, desired) = (self.context.identity, worker, desired.value)
        let timeout = action.timeout ?? context.settings.actionTimeout
        let request = ActionRequest(
            id: id,
            supervisor: identity.id,
            path: identity.path,
            name: action.name,
            attempt: attempt,
            timeout: timeout,
            latestEnd: action.inheritsDeadline ? deadline : nil
        ) { try await worker.perform(action, desired: desired, context: $0) }
        let admission = context.enqueue(request)
        guard admission == .accepted else {
            context.emit(.actionRefused(identity, action: action.name, admission))
            return false
        }
        actions.began(ActionInProgress(name: action.name, deadline: request.deadline(from: context.now)))
        context.emit(.actionEnqueued(identity, action: action.name, id: id))
        return true
    }

    private func updateCondition(_ snapshot: Snapshot<W.Desired, W.Observed>, _ context: TickContext) {
        let wasReady = condition.isReady
        condition.state = state.name
        condition.isAtRest = state.isAtRest && actions.inProgress == nil
        condition.isReady = state.isReady(snapshot)
        condition.trouble = state.trouble(snapshot)
        if condition.isReady != wasReady {
            context.emit(.readinessChanged(self.context.identity, isReady: condition.isReady))
        }
    }
}
