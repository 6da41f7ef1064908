import Supervision

extension BenthosState {
    /// What a configuration needs that is being tried, or that was good and is not on disk yet; nil where there is nothing
    /// to do.
    func nextOfTrial(
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState>? {
        guard snapshot.target == .running, case .decided(let selection, _) = choice, let observed = snapshot.observed
        else { return nil }
        switch (process, selection.standing) {
        case (.starting, .trial(let trial)), (.running, .trial(let trial)):
            return judge(trial, of: selection.revision, observed, snapshot)
        case (.running, .good) where observed.lastGood != selection.revision:
            return .perform(.keep(selection.revision), then: self)
        case (_, .trial), (_, .good):
            return nil
        }
    }

    private func judge(
        _ trial: FlowTrial,
        of revision: FlowRevision,
        _ observed: BenthosObservation,
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState>? {
        if let ending = observed.process.ending {
            // A finite flow has done its work; what else has ended did not hold.
            if ending.isSuccess(snapshot.desired.process.restart.successExitCodes) { return keep(revision) }
            return rollBack(FlowRefusal(revision: revision, stage: .trial, reason: ending.description), snapshot)
        }
        guard case .running = process, observed.process.isRunning else { return nil }
        if observed.isReady { return keep(revision) }
        guard let deadline = trial.deadline, snapshot.now >= deadline else { return nil }
        let why = observed.condition?.unreadiness ?? "no answer"
        guard trial.needsReadiness || observed.condition == nil else { return keep(revision) }
        let time = snapshot.desired.configuration.startTimeout.inWholeSeconds
        return rollBack(
            FlowRefusal(revision: revision, stage: .trial, reason: "not ready within \(time): \(why)"), snapshot)
    }

    private func keep(_ revision: FlowRevision) -> Transition<BenthosState> {
        let chosen = FlowChoice.decided(FlowSelection(revision: revision, standing: .good), refused: nil)
        return .perform(.keep(revision), then: BenthosState(process, chosen, activity))
    }

    /// Puts the last good configuration back; without one there is nothing to go back to.
    private func rollBack(
        _ refusal: FlowRefusal,
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState>? {
        guard let lastGood = snapshot.observed?.lastGood, lastGood != refusal.revision else { return nil }
        let selection = FlowSelection(revision: lastGood, standing: .good)
        let chosen = FlowChoice.decided(selection, refused: refusal)
        guard snapshot.observed?.process.isRunning == true else {
            return BenthosState(.stopped, chosen).proceed(snapshot)
        }
        return .perform(.terminate, then: BenthosState(process.stopping(.stop, snapshot.ofProcess), chosen))
    }
}
