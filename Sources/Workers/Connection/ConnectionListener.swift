public import Supervision

/// A consumer of what is seen of connections: their metrics.
///
/// Called synchronously from any task: an implementation must return at once and must not block.
public protocol ConnectionListener: Sendable {
    /// What is known of a connection.
    func connectionObserved(_ path: HierarchyPath, _ observation: ConnectionObservation)
}
