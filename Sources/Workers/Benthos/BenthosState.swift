public import Supervision

/// The states of a flow's worker: those of its process, and with which configuration it runs.
///
/// A changed configuration is checked by the real program while the flow goes on with the one it has. One that passes is
/// tried: where the flow was ready before and does not become ready with it in time, the last good one is put back.
public struct BenthosState: WorkerState {
    /// The plan is what is wanted.
    public typealias Desired = FlowPlan
    /// What is seen of the flow.
    public typealias Observed = BenthosObservation
    /// Checking, starting, keeping, ending and killing.
    public typealias Action = BenthosAction

    /// Where the process is.
    let process: ProcessState
    /// Which configuration it has.
    let choice: FlowChoice
    /// What it does while it runs.
    let activity: ProgramActivity

    /// Creates a state.
    init(_ process: ProcessState, _ choice: FlowChoice, _ activity: ProgramActivity = .unknown) {
        self.process = process
        self.choice = choice
        self.activity = activity
    }

    /// All names that there are.
    public static let names = [
        "stopped", "starting", "idle", "active", "degraded", "stopping", "failed", "completed",
    ]

    /// The name as operators see it.
    public var name: String {
        switch process {
        case .stopped: choice.isChecking ? "starting" : "stopped"
        case .starting: "starting"
        case .running: activity.name
        case .backoff: "failed"
        case .stopping, .killing: "stopping"
        case .completed: "completed"
        }
    }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { process.isAtRest }

    /// Whether the state has a deadline.
    public var waitsForTime: Bool {
        isOnTrial || process.waitsForTime
    }

    /// Whether others may rely on the flow now.
    public func isReady(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> Bool {
        guard case .running = process, let observed = snapshot.observed, observed.isReady else { return false }
        return observed.condition?.stall(after: snapshot.desired.configuration.stallAfter) == nil
    }

    /// Why the flow is in this state, where there is something to say; a configuration that was refused comes last.
    public func reason(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> String? {
        let refused = choice.refusal.map { "configuration \($0.revision) refused: \($0.reason)" }
        let parts = [ownReason(snapshot), refused].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// Whether the configuration in use must still show that it holds.
    private var isOnTrial: Bool {
        if case .trial = choice.selection?.standing { true } else { false }
    }

    private func ownReason(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> String? {
        switch (process, activity) {
        case (.running, .degraded(let reason)): reason
        case (.running, .unknown): "waiting for its first answer"
        case (.running, .idle), (.running, .active): nil
        case (.stopped, _): choice.isChecking ? "checking its configuration" : nil
        case (.starting, _), (.backoff, _), (.stopping, _), (.killing, _), (.completed, _):
            process.reason(snapshot.ofProcess)
        }
    }

    /// What is wrong that the worker itself has not put right.
    ///
    /// A trial is the worker's own affair while there is something to go back to: a recovery from above would end it
    /// before its time.
    public func trouble(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> Trouble? {
        if isOnTrial, let lastGood = snapshot.observed?.lastGood, lastGood != choice.selection?.revision { return nil }
        if let trouble = process.trouble(snapshot.ofProcess) { return trouble }
        guard case .running(let since, _) = process, let condition = snapshot.observed?.condition else { return nil }
        if let stall = condition.stall(after: snapshot.desired.configuration.stallAfter) {
            return Trouble(check: FlowChecks.stalled, stall)
        }
        // What a fresh flow connects to may take its time, and another start would only begin anew.
        let isDue =
            condition.hasBeenReady || since.duration(to: snapshot.now) >= snapshot.desired.configuration.startTimeout
        if isDue, condition.failures >= FlowCondition.failureThreshold, let reason = condition.unreadiness {
            return Trouble(check: ProcessChecks.readinessFailed, reason)
        }
        guard condition.flaps >= FlowCondition.flapThreshold else { return nil }
        let window = FlowWatch.flapWindow.components.seconds
        return Trouble(check: FlowChecks.flapping, "became unready \(condition.flaps) times in \(window) s")
    }

    /// Decides what to do.
    public func next(_ snapshot: Snapshot<FlowPlan, BenthosObservation>) -> Transition<BenthosState> {
        nextOfChange(snapshot) ?? nextOfTrial(snapshot) ?? nextOfProcess(snapshot)
    }
}

extension FlowChoice {
    /// Whether a check is under way.
    var isChecking: Bool {
        if case .checking = self { true } else { false }
    }
}
