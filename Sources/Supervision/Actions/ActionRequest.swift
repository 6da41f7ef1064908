/// An action on its way to the executor.
public struct ActionRequest: Sendable {
    /// The supervisor instance that asked for it.
    public let supervisor: SupervisorID
    /// The child that it acts on; the executor runs at most one action per path.
    public let path: HierarchyPath
    /// The action's name, out of a small fixed set.
    public let name: String
    /// What to do.
    public let operation: @Sendable () async throws -> Void

    /// Creates a request.
    public init(
        supervisor: SupervisorID,
        path: HierarchyPath,
        name: String,
        operation: @escaping @Sendable () async throws -> Void
    ) {
        self.supervisor = supervisor
        self.path = path
        self.name = name
        self.operation = operation
    }
}

/// Whether the executor took an action.
public enum ActionAdmission: Sendable, Equatable {
    /// It is running or queued.
    case accepted
    /// An action of the same child is in progress.
    case alreadyInProgress
    /// The queue is full: try again later.
    case queueFull
    /// The executor is shutting down and takes nothing any more.
    case shuttingDown
}
