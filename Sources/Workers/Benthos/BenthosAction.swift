public import Supervision

/// The operations of a flow's worker.
public enum BenthosAction: WorkerAction {
    /// Write the wanted configuration beside the one in use and let the real program check it.
    case check(FlowRevision)
    /// Start the flow; nothing happens where it runs already.
    case start(Start)
    /// Remember that the flow was ready with the configuration in use.
    case keep(FlowRevision)
    /// Ask the flow to drain and end; nothing happens where it is gone.
    case terminate
    /// Kill the flow; nothing happens where it is gone.
    case kill

    /// With which configuration a flow is started.
    public enum Start: Sendable, Equatable {
        /// The one that was checked last.
        case checked(FlowRevision)
        /// The last one with which the flow was ready; instead of another one that was refused.
        case lastGood(insteadOf: FlowRefusal?)
    }

    /// All names that there are.
    public static let names = ["check-flow", "start-process", "keep-flow", "terminate-process", "kill-process"]

    /// The name as operators see it.
    public var name: String {
        switch self {
        case .check: "check-flow"
        case .start: ProcessAction.start.name
        case .keep: "keep-flow"
        case .terminate: ProcessAction.terminate.name
        case .kill: ProcessAction.kill.name
        }
    }
}
