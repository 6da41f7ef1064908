public import Supervision

/// A consumer of what is seen of flows: their metrics and logs.
///
/// Called synchronously from any task: an implementation must return at once and must not block.
public protocol FlowListener: Sendable {
    /// A flow has answered, or has not.
    ///
    /// - Parameters:
    ///   - path: the flow's place in the tree.
    ///   - observation: what was seen.
    ///   - stallAfter: for how long work may wait before the flow counts as stalled.
    func flowObserved(_ path: HierarchyPath, _ observation: BenthosObservation, stallAfter: Duration)
    /// A configuration did not get through its trial, and the last good one was put back.
    func flowRolledBack(_ path: HierarchyPath, _ refusal: FlowRefusal)
}
