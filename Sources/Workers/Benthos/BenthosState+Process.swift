import Supervision

extension BenthosState {
    /// What the process needs, whatever its configuration is.
    func nextOfProcess(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> Transition<BenthosState> {
        if let foreign = nextOfPort(snapshot) { return foreign }
        switch process.next(snapshot.ofProcess) {
        case .stay:
            let activity = ProgramActivity(
                snapshot.observed?.condition, stallAfter: snapshot.desired.configuration.stallAfter)
            guard case .running = process, activity != self.activity else { return .stay }
            return .move(to: BenthosState(process, choice, activity))
        case .move(let next):
            return .move(to: BenthosState(next, choice))
        case .perform(.start, let next):
            return start(then: next, snapshot)
        case .perform(.terminate, let next):
            return .perform(.terminate, then: BenthosState(next, choice))
        case .perform(.kill, let next):
            return .perform(.kill, then: BenthosState(next, choice))
        case .restart:
            return .restart
        case .remove:
            return .remove
        }
    }

    /// Starts with what was chosen; where nothing is yet, that comes first.
    private func start(
        then next: ProcessState,
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState> {
        let wanted = snapshot.desired.revision
        switch choice {
        case .undecided, .checking:
            return .perform(.check(wanted), then: BenthosState(process, .checking(wanted, current: nil)))
        case .decided(let selection, let refusal):
            let start: BenthosAction.Start =
                selection.revision == snapshot.observed?.lastGood
                ? .lastGood(insteadOf: refusal) : .checked(selection.revision)
            let deadline = snapshot.now.advanced(by: snapshot.desired.configuration.startTimeout)
            let chosen = FlowChoice.decided(selection.started(until: deadline), refused: refusal)
            return .perform(.start(start), then: BenthosState(next, chosen))
        }
    }

    /// A flow whose port is held by another process runs without its HTTP server: it gets another port.
    private func nextOfPort(
        _ snapshot: Snapshot<FlowPlan, BenthosObservation>
    ) -> Transition<BenthosState>? {
        guard snapshot.target == .running, let observed = snapshot.observed, observed.process.isRunning,
            let holder = observed.portHolder
        else { return nil }
        switch process {
        case .starting(let history), .running(_, let history):
            let purpose = ProcessState.Purpose.restart(history, cause: "its port is held by \(holder)")
            let stopping = process.stopping(purpose, snapshot.ofProcess)
            return .perform(.terminate, then: BenthosState(stopping, choice))
        case .stopped, .backoff, .stopping, .killing, .completed:
            return nil
        }
    }
}

extension FlowSelection {
    fileprivate func started(until deadline: Moment) -> FlowSelection {
        switch standing {
        case .good: self
        case .trial(let trial):
            FlowSelection(
                revision: revision,
                standing: .trial(FlowTrial(needsReadiness: trial.needsReadiness, deadline: deadline))
            )
        }
    }
}
