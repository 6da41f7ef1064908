/// The state machine of one worker: its three documents, its current state, and at most one action in progress.
final class WorkerStateMachine<W: Worker>: StateMachine {
    /// More moves than this in one tick mean that states send the machine round in circles; the rest waits for the
    /// next tick, so that one wrong worker cannot hold up the tree.
    private static var movesPerTick: Int { 8 }

    let declaredChildren: [ChildSpec]
    private(set) var condition: MachineCondition
    private let identity: WorkerIdentity
    private let worker: W
    private let desired: DesiredDocument<W.Desired>
    private let observed = ObservationSlot<W.Observed>()
    private var state = W.initialState
    private var isActionInProgress = false
    private var lastAction: ActionOutcome?
    /// What was known when the machine last decided to stay.
    private var stayed: Knowledge?

    /// What a decision depends on, besides the state itself and the time.
    private struct Knowledge: Equatable {
        let target: DesiredState
        let childrenRevision: Int
        let observationRevision: Int?
    }

    init(identity: WorkerIdentity, worker: W, configuration: W.Configuration) {
        self.identity = identity
        self.worker = worker
        let derivation = worker.derive(configuration)
        desired = DesiredDocument(derivation.desired)
        declaredChildren = derivation.children
        condition = MachineCondition(state: state.name, isAtRest: state.isAtRest, isReady: false)
    }

    var subject: @Sendable (Moment) async throws -> Void {
        let worker = self.worker
        let observed = self.observed
        return { start in
            observed.store(try await worker.collectObservedState(), collectedAt: start)
        }
    }

    func actionEnded(_ outcome: ActionOutcome) {
        isActionInProgress = false
        lastAction = outcome
        stayed = nil
    }

    func reason(_ inputs: MachineInputs, _ context: TickContext) -> String? {
        state.reason(makeSnapshot(inputs, observed.load(), context))
    }

    func advance(_ inputs: MachineInputs, _ context: TickContext) -> MachineVerdict {
        guard !isActionInProgress else { return .carryOn }
        let observation = observed.load()
        // An observation that was begun before the last action ended does not show its effect yet.
        if let lastAction, (observation?.collectedAt ?? .start) < lastAction.endedAt { return .carryOn }

        let knowledge = Knowledge(
            target: inputs.target,
            childrenRevision: inputs.childrenRevision,
            observationRevision: observation?.revision
        )
        if stayed == knowledge, !state.waitsForTime { return .carryOn }
        stayed = nil
        var snapshot = makeSnapshot(inputs, observation, context)
        defer { updateCondition(snapshot, context) }
        for _ in 0..<Self.movesPerTick {
            switch state.next(snapshot) {
            case .stay:
                stayed = knowledge
                return .carryOn
            case .move(let next):
                move(to: next, snapshot, context)
            case .perform(let action, let next):
                if enqueue(action, context) { move(to: next, snapshot, context) }
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

    private func makeSnapshot(
        _ inputs: MachineInputs,
        _ observation: Observation<W.Observed>?,
        _ context: TickContext
    ) -> Snapshot<W.Desired, W.Observed> {
        Snapshot(
            identity: identity,
            document: desired,
            target: inputs.target,
            observed: observation?.value,
            now: context.now,
            lastAction: lastAction,
            children: inputs.children,
            entropy: context.entropy()
        )
    }

    private func move(to next: W.State, _ snapshot: Snapshot<W.Desired, W.Observed>, _ context: TickContext) {
        let previous = state.name
        state = next
        // Payloads may change without the name: that is the worker's own affair and no news to others.
        guard next.name != previous else { return }
        context.emit(.stateChanged(identity, from: previous, to: next.name, reason: next.reason(snapshot)))
    }

    private func enqueue(_ action: W.State.Action, _ context: TickContext) -> Bool {
        let worker = self.worker
        let desired = self.desired.value
        let request = ActionRequest(supervisor: identity.id, path: identity.path, name: action.name) {
            try await worker.perform(action, desired: desired)
        }
        let admission = context.enqueue(request)
        guard admission == .accepted else {
            context.emit(.actionRefused(identity, action: action.name, admission))
            return false
        }
        isActionInProgress = true
        context.emit(.actionEnqueued(identity, action: action.name))
        return true
    }

    private func updateCondition(_ snapshot: Snapshot<W.Desired, W.Observed>, _ context: TickContext) {
        let wasReady = condition.isReady
        condition = MachineCondition(
            state: state.name,
            isAtRest: state.isAtRest && !isActionInProgress,
            isReady: state.isReady(snapshot)
        )
        if condition.isReady != wasReady {
            context.emit(.readinessChanged(identity, isReady: condition.isReady))
        }
    }
}
