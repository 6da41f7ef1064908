public import Supervision

/// The states of a broker's worker: those of its process, and what it does while it runs.
public struct RedpandaState: WorkerState {
    /// The configuration is what is wanted.
    public typealias Desired = RedpandaConfiguration
    /// What is seen of the broker.
    public typealias Observed = RedpandaObservation
    /// Starting, setting properties, ending and killing.
    public typealias Action = RedpandaAction

    /// Where the process is.
    let process: ProcessState
    /// What it does while it runs.
    let activity: ProgramActivity

    /// Creates a state.
    init(_ process: ProcessState, _ activity: ProgramActivity = .unknown) {
        self.process = process
        self.activity = activity
    }

    /// All names that there are.
    public static let names = ["stopped", "starting", "idle", "active", "degraded", "stopping", "failed"]

    /// The name as operators see it.
    public var name: String {
        switch process {
        case .stopped: "stopped"
        case .starting: "starting"
        case .running: activity.name
        case .backoff, .completed: "failed"
        case .stopping, .killing: "stopping"
        }
    }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { process.isAtRest }

    /// Whether the state has a deadline.
    public var waitsForTime: Bool { process.waitsForTime }

    /// Whether others may rely on the broker now: a full disk or a complaint of the cluster does not take it away.
    public func isReady(_ snapshot: Snapshot<RedpandaConfiguration, RedpandaObservation>) -> Bool {
        guard case .running = process, let observed = snapshot.observed, observed.process.isRunning,
            observed.portHolder == nil, let condition = observed.condition
        else { return false }
        return condition.unreadiness == nil
    }

    /// Why the broker is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<RedpandaConfiguration, RedpandaObservation>) -> String? {
        if let holder = snapshot.observed?.portHolder { return Self.foreign(holder, snapshot.desired) }
        return switch (process, activity) {
        case (.running, .degraded(let reason)): reason
        case (.running, .unknown): "waiting for its first answer"
        case (.running, .idle), (.running, .active): nil
        case (.backoff, _):
            [process.reason(snapshot.ofProcess), snapshot.observed?.logTrouble].compactMap(\.self).joined(
                separator: "; ")
        case (.stopped, _), (.starting, _), (.stopping, _), (.killing, _), (.completed, _):
            process.reason(snapshot.ofProcess)
        }
    }

    /// What is wrong that the worker itself has not put right.
    public func trouble(_ snapshot: Snapshot<RedpandaConfiguration, RedpandaObservation>) -> Trouble? {
        if let trouble = process.trouble(snapshot.ofProcess) { return trouble }
        guard case .running = process, let observed = snapshot.observed else { return nil }
        if let holder = observed.portHolder {
            return Trouble(check: BrokerChecks.wrongListener, Self.foreign(holder, snapshot.desired))
        }
        guard let condition = observed.condition else { return nil }
        let threshold = BrokerCondition.failureThreshold
        if condition.unreadyLooks >= threshold, let reason = condition.unreadiness {
            return Trouble(check: ProcessChecks.readinessFailed, reason)
        }
        if condition.unreachableLooks >= threshold, let reason = condition.unreachable {
            return Trouble(check: BrokerChecks.unreachable, reason)
        }
        guard condition.figures?.disk.alert == .degraded else { return nil }
        return Trouble(check: BrokerChecks.diskAlert, BrokerCondition.fullDisk)
    }

    /// Decides what to do.
    public func next(
        _ snapshot: Snapshot<RedpandaConfiguration, RedpandaObservation>
    ) -> Transition<RedpandaState> {
        switch process.next(snapshot.ofProcess) {
        case .stay: nextWhileSteady(snapshot)
        case .move(let next): .move(to: RedpandaState(next))
        case .perform(.start, let next): .perform(.start, then: RedpandaState(next))
        case .perform(.terminate, let next): .perform(.terminate, then: RedpandaState(next))
        case .perform(.kill, let next): .perform(.kill, then: RedpandaState(next))
        case .restart: .restart
        case .remove: .remove
        }
    }

    private func nextWhileSteady(
        _ snapshot: Snapshot<RedpandaConfiguration, RedpandaObservation>
    ) -> Transition<RedpandaState> {
        guard case .running = process, let observed = snapshot.observed else { return .stay }
        // Who answers on a port that somebody else holds is not this broker.
        let foreign = observed.portHolder.map { ProgramActivity.degraded(Self.foreign($0, snapshot.desired)) }
        let activity = foreign ?? ProgramActivity(observed.condition)
        if activity != self.activity { return .move(to: RedpandaState(process, activity)) }
        let wanted = snapshot.desired.properties
        guard isReady(snapshot), !wanted.isEmpty, observed.properties != wanted else { return .stay }
        return .perform(.setProperties, then: self)
    }

    private static func foreign(_ holder: String, _ configuration: RedpandaConfiguration) -> String {
        "its admin port \(configuration.document.admin.port) is held by \(holder)"
    }
}

/// The operations of a broker's worker.
public enum RedpandaAction: String, WorkerAction, CaseIterable {
    /// Write the configuration and start the broker; nothing happens where it runs already.
    case start = "start-process"
    /// Set the properties of the cluster, and read them back.
    case setProperties = "set-properties"
    /// Ask the broker to end; nothing happens where it is gone.
    case terminate = "terminate-process"
    /// Kill the broker; nothing happens where it is gone.
    case kill = "kill-process"

    /// The name as operators see it.
    public var name: String { rawValue }
}
