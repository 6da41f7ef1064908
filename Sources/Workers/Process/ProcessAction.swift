public import Supervision

/// The operations of a process worker.
public enum ProcessAction: String, WorkerAction, CaseIterable {
    /// Start the process; nothing happens where it runs already.
    case start = "start-process"
    /// Ask the process group to end; nothing happens where it is gone.
    case terminate = "terminate-process"
    /// Kill the process group; nothing happens where it is gone.
    case kill = "kill-process"

    /// The name as operators see it.
    public var name: String { rawValue }
}
