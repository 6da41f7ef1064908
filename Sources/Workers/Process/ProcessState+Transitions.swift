import Supervision

extension ProcessState {
    func nextWhileStarting(
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        if let failure = snapshot.lastAction?.failure {
            return afterEnding(cause: failure, isSuccess: false, runTime: .zero, history, snapshot)
        }
        guard let observed = snapshot.observed else { return .stay }
        switch observed.phase {
        case .idle:
            return snapshot.target == .running ? .perform(.start, then: self) : .move(to: .stopped)
        case .ended(let ending):
            return afterEnding(ending, history, snapshot)
        case .running:
            if snapshot.target == .stopped { return stop(.stop, snapshot) }
            if observed.startup.allowsTraffic { return .move(to: .running(since: snapshot.now, history)) }
            guard case .failing(let failure) = observed.startup else { return .stay }
            return stop(.restart(history, cause: "startup probe failed: \(failure)"), snapshot)
        }
    }

    func nextWhileRunning(
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        guard let observed = snapshot.observed else { return .stay }
        switch observed.phase {
        case .idle:
            return .move(to: .stopped)
        case .ended(let ending):
            return afterEnding(ending, history, snapshot)
        case .running:
            if snapshot.target == .stopped { return stop(.stop, snapshot) }
            guard case .failing(let failure) = observed.liveness else { return .stay }
            return stop(.restart(history, cause: "liveness probe failed: \(failure)"), snapshot)
        }
    }

    func nextInBackoff(
        _ until: Moment,
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        if snapshot.target == .stopped { return .move(to: .stopped) }
        return snapshot.now >= until ? .perform(.start, then: .starting(history)) : .stay
    }

    func nextWhileStopping(
        _ deadline: Moment,
        _ purpose: Purpose,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        guard snapshot.observed?.isRunning == true else { return afterStop(purpose, snapshot) }
        return snapshot.now >= deadline ? .perform(.kill, then: .killing(purpose)) : .stay
    }

    /// What follows once a process that was asked to end is gone.
    func afterStop(
        _ purpose: Purpose,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        switch purpose {
        case .stop:
            return .move(to: .stopped)
        case .restart(let history, let cause):
            guard snapshot.target == .running else { return .move(to: .stopped) }
            let runTime = snapshot.observed?.ending?.runTime ?? .zero
            return restart(cause: cause, runTime: runTime, history, snapshot)
        }
    }

    /// The state of a process that is being asked to end.
    func stopping(
        _ purpose: Purpose,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> ProcessState {
        .stopping(deadline: snapshot.now.advanced(by: snapshot.desired.stopTimeout), purpose)
    }

    /// The state of a process whose start was not even tried, because something before it failed.
    func failedToStart(
        cause: String,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> ProcessState {
        switch decideRestart(cause: cause, runTime: .zero, history, snapshot) {
        case .now(let history): .backoff(until: snapshot.now, history, cause: cause)
        case .at(let moment, let history): .backoff(until: moment, history, cause: cause)
        }
    }

    private var history: RestartHistory {
        switch self {
        case .starting(let history), .running(_, let history), .backoff(_, let history, _): history
        case .stopping(_, .restart(let history, _)), .killing(.restart(let history, _)): history
        case .stopped, .stopping(_, .stop), .killing(.stop), .completed: RestartHistory()
        }
    }

    private func stop(
        _ purpose: Purpose,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        .perform(.terminate, then: stopping(purpose, snapshot))
    }

    private func afterEnding(
        _ ending: ProcessEnding,
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        afterEnding(
            cause: ending.description,
            isSuccess: ending.isSuccess(snapshot.desired.restart.successExitCodes),
            runTime: ending.runTime,
            history,
            snapshot
        )
    }

    private func afterEnding(
        cause: String,
        isSuccess: Bool,
        runTime: Duration,
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        guard snapshot.target == .running else { return .move(to: .stopped) }
        switch snapshot.desired.restart.mode {
        case .always:
            return restart(cause: cause, runTime: runTime, history, snapshot)
        case .onFailure:
            if isSuccess { return .move(to: .completed(cause: cause)) }
            return restart(cause: cause, runTime: runTime, history, snapshot)
        case .never:
            return .move(to: .completed(cause: cause))
        }
    }

    private func restart(
        cause: String,
        runTime: Duration,
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> Transition<ProcessState> {
        switch decideRestart(cause: cause, runTime: runTime, history, snapshot) {
        case .now(let history): return .perform(.start, then: .starting(history))
        case .at(let moment, let history): return .move(to: .backoff(until: moment, history, cause: cause))
        }
    }

    private func decideRestart(
        cause: String,
        runTime: Duration,
        _ history: RestartHistory,
        _ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>
    ) -> RestartHistory.Decision {
        history.restart(
            after: runTime,
            cause: cause,
            policy: snapshot.desired.restart,
            now: snapshot.now,
            entropy: snapshot.entropy
        )
    }
}

extension ActionOutcome {
    /// Why the action did not do what it should, or nil when it did.
    var failure: String? {
        switch result {
        case .success: nil
        case .failure(let error): error
        case .timeout: "\(name) timed out after \(duration)"
        case .abandoned: "\(name) did not end and was given up after \(duration)"
        }
    }
}
