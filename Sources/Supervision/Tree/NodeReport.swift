/// What is known of one node of the tree at one moment.
public struct NodeReport: Sendable, Equatable {
    /// The node's place.
    public let path: HierarchyPath
    /// The kind of worker.
    public let type: WorkerType
    /// The supervisor instance, or nil where the worker could not be made.
    public let id: SupervisorID?
    /// The name of the worker's state.
    public let state: String
    /// What the node should do.
    public let desired: DesiredState
    /// Whether others may rely on it.
    public let isReady: Bool
    /// Why it is in its state, where there is something to say.
    public let reason: String?
    /// The circuit breaker, or nil for a node without children.
    public let circuit: CircuitReport?
    /// The nodes below, as declared.
    public let children: [NodeReport]
}
