/// Where a child stands in the tree, and when it is to run.
public struct ChildPlace: Sendable, Equatable {
    /// The names from the root down: the agent's, those of the nodes between, and the child's own.
    public let path: [String]
    /// Whether the child is to run.
    public let isEnabled: Bool
    /// Names of siblings (nodes with the same parent) that must be ready first, each once.
    ///
    /// What a member of a group needs from the top level is a dependency of the group: see `ProcessGroup.dependsOn`.
    public let dependsOn: [String]
    /// What the child is to do while its parent is in a certain state; other states leave it alone.
    public let stateMapping: [String: MappedState]
    /// Longest time that a restarted child gets to become ready before the next recovery attempt.
    public let startupGrace: Duration

    /// Reads the validated fields of a child.
    ///
    /// - Parameters:
    ///   - object: The fields.
    ///   - path: The names from the root down, the child's own included; never empty.
    ///   - dependsOn: The siblings that its dependencies have been resolved to.
    init(_ object: ConfigurationObject, path: [String], dependsOn: [String]) {
        self.init(
            path: path,
            isEnabled: object[ProcessSchema.enabled],
            dependsOn: dependsOn,
            stateMapping: object[ProcessSchema.stateMapping].mappedStates,
            startupGrace: object[ProcessSchema.startupGrace]
        )
    }

    /// Makes a place.
    init(
        path: [String],
        isEnabled: Bool,
        dependsOn: [String],
        stateMapping: [String: MappedState],
        startupGrace: Duration
    ) {
        self.path = path
        self.isEnabled = isEnabled
        self.dependsOn = dependsOn
        self.stateMapping = stateMapping
        self.startupGrace = startupGrace
    }

    /// The name, unique among its siblings.
    public var name: String { path[path.count - 1] }
    /// The node of the top level that the child is below, or nil where it is one itself.
    public var group: String? { path.count > 2 ? path[1] : nil }
}
