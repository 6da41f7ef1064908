/// The typed configuration of one kind of worker.
public protocol WorkerConfiguration: Sendable, Equatable {}

/// What a child should be doing.
public enum DesiredState: String, Sendable, Hashable, Codable {
    /// The child runs and is kept running.
    case running
    /// Nothing of the child runs.
    case stopped
}

/// How a parent declares a child.
public struct ChildSpec: Sendable {
    /// The child's name, unique among its siblings.
    public var name: String
    /// The kind of worker; must be known to the ``WorkerFactory``.
    public var workerType: WorkerType
    /// The worker's own configuration.
    public var configuration: any WorkerConfiguration
    /// Maps names of the parent's states to what the child should do then; a state without an entry leaves the child's
    /// own desire.
    public var stateMapping: [String: DesiredState]
    /// The names of siblings that must be ready before this child starts, and that stop only after it.
    public var dependsOn: [String]
    /// Whether the child should run at all.
    public var isEnabled: Bool
    /// How long a fresh child may take to become ready before it is judged, and before the next attempt to recover it.
    public var startupGrace: Duration

    /// Creates a child specification.
    public init(
        name: String,
        workerType: WorkerType,
        configuration: any WorkerConfiguration,
        stateMapping: [String: DesiredState] = [:],
        dependsOn: [String] = [],
        isEnabled: Bool = true,
        startupGrace: Duration = .zero
    ) {
        self.name = name
        self.workerType = workerType
        self.configuration = configuration
        self.stateMapping = stateMapping
        self.dependsOn = dependsOn
        self.isEnabled = isEnabled
        self.startupGrace = startupGrace
    }
}

extension ChildSpec: Equatable {
    /// Whether both mean the same.
    public static func == (lhs: ChildSpec, rhs: ChildSpec) -> Bool {
        lhs.name == rhs.name && lhs.workerType == rhs.workerType && lhs.stateMapping == rhs.stateMapping
            && lhs.dependsOn == rhs.dependsOn && lhs.isEnabled == rhs.isEnabled
            && lhs.startupGrace == rhs.startupGrace && lhs.configuration.isEqual(to: rhs.configuration)
    }
}

extension WorkerConfiguration {
    func isEqual(to other: any WorkerConfiguration) -> Bool {
        (other as? Self) == self
    }
}
