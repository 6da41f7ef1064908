public import Supervision

/// The states of a process worker.
public enum ProcessState: WorkerState {
    /// The configuration is what is wanted.
    public typealias Desired = ProcessConfiguration
    /// What is seen of the process and its probes.
    public typealias Observed = ProcessObservation
    /// Starting, ending and killing.
    public typealias Action = ProcessAction

    /// No process, and none is wanted.
    case stopped
    /// A process was started and has not passed its startup probe yet.
    case starting(RestartHistory)
    /// The process runs, and has been up since a moment.
    case running(since: Moment, RestartHistory)
    /// The process ended, and the next start is not due yet.
    case backoff(until: Moment, RestartHistory, cause: String)
    /// The process was asked to end.
    case stopping(deadline: Moment, Purpose)
    /// The process did not end in time and was killed.
    case killing(Purpose)
    /// The process ended, and its restart policy leaves it so.
    case completed(cause: String)

    /// What a process is stopped for.
    public enum Purpose: Sendable, Equatable {
        /// It should not run any more.
        case stop
        /// A probe failed; it is to be started again.
        case restart(RestartHistory, cause: String)
    }

    /// All names that there are.
    public static let names = ["stopped", "starting", "running", "backoff", "stopping", "killing", "completed"]

    /// The name as operators see it.
    public var name: String {
        switch self {
        case .stopped: "stopped"
        case .starting: "starting"
        case .running: "running"
        case .backoff: "backoff"
        case .stopping: "stopping"
        case .killing: "killing"
        case .completed: "completed"
        }
    }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool {
        switch self {
        case .stopped, .backoff, .completed: true
        case .starting, .running, .stopping, .killing: false
        }
    }

    /// Whether the state has a deadline.
    public var waitsForTime: Bool {
        switch self {
        case .backoff, .stopping: true
        case .stopped, .starting, .running, .killing, .completed: false
        }
    }

    /// Whether others may rely on the child now.
    public func isReady(_ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>) -> Bool {
        guard case .running = self, let observed = snapshot.observed else { return false }
        return observed.isRunning && observed.readiness.allowsTraffic
    }

    /// Why the child is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>) -> String? {
        switch self {
        case .stopped: nil
        case .starting:
            snapshot.desired.probes.startup == nil
                ? nil : snapshot.observed?.startup.failure ?? "waiting for the startup probe"
        case .running: snapshot.observed?.readiness.failure
        case .backoff(let until, let history, let cause):
            "\(cause); restart \(history.failures) in \(max(.zero, snapshot.now.duration(to: until)).inTenths)"
        case .stopping(_, .stop): "stopping"
        case .killing(.stop): "did not stop in time, killed"
        case .stopping(_, .restart(_, let cause)), .killing(.restart(_, let cause)): cause
        case .completed(let cause): cause
        }
    }

    /// What is wrong that a restart by the worker itself has not put right: a crash loop, or a process that runs and is
    /// not ready.
    public func trouble(_ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>) -> Trouble? {
        switch self {
        case .stopped, .completed: nil
        case .starting(let history), .backoff(_, let history, _): history.trouble
        case .stopping(_, .restart(let history, _)), .killing(.restart(let history, _)): history.trouble
        case .stopping(_, .stop), .killing(.stop): nil
        case .running(let since, let history):
            if since.duration(to: snapshot.now) < snapshot.desired.restart.stableAfter, let trouble = history.trouble {
                trouble
            } else if case .failing(let failure) = snapshot.observed?.readiness, snapshot.observed?.isRunning == true {
                Trouble(check: ProcessChecks.readinessFailed, failure)
            } else {
                nil
            }
        }
    }

    /// Decides what to do.
    public func next(_ snapshot: Snapshot<ProcessConfiguration, ProcessObservation>) -> Transition<ProcessState> {
        switch self {
        case .stopped:
            snapshot.target == .running ? .perform(.start, then: .starting(RestartHistory())) : .stay
        case .starting(let history):
            nextWhileStarting(history, snapshot)
        case .running(_, let history):
            nextWhileRunning(history, snapshot)
        case .backoff(let until, let history, _):
            nextInBackoff(until, history, snapshot)
        case .stopping(let deadline, let purpose):
            nextWhileStopping(deadline, purpose, snapshot)
        case .killing(let purpose):
            snapshot.observed?.isRunning == true ? .stay : afterStop(purpose, snapshot)
        case .completed:
            snapshot.target == .stopped ? .move(to: .stopped) : .stay
        }
    }
}

extension RestartHistory {
    fileprivate var trouble: Trouble? {
        crashLoop.map { cause in
            let window = Self.crashLoopWindow.components.seconds
            return Trouble(check: ProcessChecks.crashLoop, "\(Self.crashLoopDeaths) deaths in \(window) s: \(cause)")
        }
    }
}

extension Duration {
    /// The duration in seconds with one decimal, such as `3.2 s`.
    fileprivate var inTenths: String {
        let tenths = Int64((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
