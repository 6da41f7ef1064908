/// The name of a kind of worker, such as `process`.
public struct WorkerType: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name as it stands in configurations, metrics and logs.
    public let description: String

    /// Creates a worker type from its name.
    public init(_ name: String) {
        description = name
    }

    /// Creates one from a literal.
    public init(stringLiteral value: String) {
        description = value
    }
}

/// The number of one supervisor instance; a restarted child gets a new one.
public struct SupervisorID: Hashable, Sendable {
    /// Counts up from 1 within one tree.
    public let number: UInt64
}

/// Who a worker is: the identity document of one supervisor instance.
public struct WorkerIdentity: Hashable, Sendable {
    /// The number of the supervisor instance.
    public let id: SupervisorID
    /// The kind of worker.
    public let type: WorkerType
    /// The place in the tree.
    public let path: HierarchyPath
}
