/// Whom a failed check concerns.
public enum Impact: String, Sendable, Hashable {
    /// All children of the supervisor: while its circuit is open none of them is acted on.
    case allWorkers = "all_workers"
    /// The blamed child alone: its siblings are supervised as ever.
    case singleWorker = "single_worker"
}

/// A consistency check that has failed as often in a row as its threshold says.
public struct CheckFailure: Sendable, Equatable {
    /// The check's name, out of a small fixed set.
    public let check: String
    /// The name of the child that the check blames.
    public let child: String
    /// What is wrong.
    public let description: String
    /// Whom it concerns.
    public let impact: Impact
    /// Whether a restart of the child can help.
    public var isRepairable = true
}
