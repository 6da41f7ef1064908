/// Who this box is.
public struct AgentSection: Sendable, Equatable {
    /// The name: the root of every path in the tree.
    public let name: String
    /// Where the box stands.
    public let location: LocationSection

    init(_ object: ConfigurationObject) {
        name = object[AgentSchema.name]
        location = LocationSection(object[AgentSchema.location])
    }
}
