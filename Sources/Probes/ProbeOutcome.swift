/// The judgement of a probe over its last results.
public struct ProbeOutcome: Sendable, Equatable {
    /// The judgement.
    public var status: ProbeStatus
    /// The latest failure that no judgement of `passing` has followed.
    ///
    /// Present as well while the status is not (yet) `failing`, so that an operator reads why a child is not ready
    /// before the threshold is reached.
    public var lastFailure: ProbeFailure?

    /// Describes a judgement.
    ///
    /// - Parameters:
    ///   - status: The judgement.
    ///   - lastFailure: The latest failure that no judgement of `passing` has followed.
    public init(status: ProbeStatus, lastFailure: ProbeFailure?) {
        self.status = status
        self.lastFailure = lastFailure
    }
}

/// What a probe says about its child.
public enum ProbeStatus: String, Sendable, Equatable, CaseIterable {
    /// No threshold has been reached yet.
    case unknown
    /// As many successes in a row as asked for.
    case passing
    /// As many failures in a row as asked for.
    case failing
}
