import Supervision

extension BenthosState {
    /// What a wanted configuration needs that is not the one in use; nil where there is nothing to do.
    func nextOfChange(
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState>? {
        if case .checking(let revision, let current) = choice { return afterCheck(of: revision, current, snapshot) }
        guard snapshot.target == .running, isSettled, let observed = snapshot.observed else { return nil }
        let wanted = snapshot.desired.revision
        if choice.isSettled(wanted) { return forgetRefusal(of: wanted) }
        if choice == .undecided, let refusal = observed.refused, refusal.stage == .trial, refusal.revision == wanted,
            let lastGood = observed.lastGood
        {
            let selection = FlowSelection(revision: lastGood, standing: .good)
            return with(.decided(selection, refused: refusal)).proceed(snapshot)
        }
        if observed.lastGood == wanted {
            return adopt(FlowSelection(revision: wanted, standing: .good), snapshot)
        }
        // A process that waits for its next start has time: the check comes when the start is due.
        guard choice != .undecided else { return nil }
        return .perform(.check(wanted), then: with(.checking(wanted, current: choice.selection)))
    }

    /// Who goes back to what runs has nothing that is refused.
    private func forgetRefusal(of wanted: FlowRevision) -> Transition<BenthosState>? {
        guard case .decided(let selection, .some) = choice, selection.revision == wanted else { return nil }
        return .move(to: with(.decided(selection, refused: nil)))
    }

    /// Whether the process is in none of the states that pass by themselves.
    private var isSettled: Bool {
        switch process {
        case .stopped, .running, .backoff, .completed: true
        case .starting, .stopping, .killing: false
        }
    }

    private func afterCheck(
        of revision: FlowRevision,
        _ current: FlowSelection?,
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState> {
        guard let outcome = snapshot.lastAction else { return .move(to: with(.undecided)) }
        guard let failure = outcome.failure else {
            let trial = FlowTrial(needsReadiness: snapshot.observed?.isReady == true, deadline: nil)
            return adopt(FlowSelection(revision: revision, standing: .trial(trial)), snapshot)
        }
        let refusal = FlowRefusal(revision: revision, stage: .check, reason: failure)
        if let current { return .move(to: with(.decided(current, refused: refusal))) }
        if let lastGood = snapshot.observed?.lastGood {
            let selection = FlowSelection(revision: lastGood, standing: .good)
            return with(.decided(selection, refused: refusal)).proceed(snapshot)
        }
        return .move(to: BenthosState(process.failedToStart(cause: failure, snapshot.ofProcess), .undecided))
    }

    /// Makes a selection the one in use: at once where nothing runs, else once what runs has drained.
    private func adopt(
        _ selection: FlowSelection,
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState> {
        let chosen = FlowChoice.decided(selection, refused: nil)
        switch process {
        case .running where snapshot.observed?.process.isRunning == true:
            return .perform(.terminate, then: BenthosState(process.stopping(.stop, snapshot.ofProcess), chosen))
        case .completed:
            return BenthosState(.stopped, chosen).proceed(snapshot)
        case .stopped, .starting, .running, .backoff, .stopping, .killing:
            return with(chosen).proceed(snapshot)
        }
    }

    /// What the process needs now that its configuration is decided on; the decision itself is kept in any case.
    func proceed(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> Transition<BenthosState> {
        let next = nextOfProcess(snapshot)
        return next == .stay ? .move(to: self) : next
    }

    private func with(_ choice: FlowChoice) -> BenthosState {
        BenthosState(process, choice, activity)
    }
}
