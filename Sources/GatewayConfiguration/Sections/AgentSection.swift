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

/// Where a box stands; what is not known is empty.
public struct LocationSection: Sendable, Equatable {
    /// The enterprise.
    public let enterprise: String
    /// The site within the enterprise.
    public let site: String
    /// The area within the site.
    public let area: String
    /// The production line within the area.
    public let line: String

    init(_ object: ConfigurationObject) {
        enterprise = object[LocationSchema.enterprise]
        site = object[LocationSchema.site]
        area = object[LocationSchema.area]
        line = object[LocationSchema.line]
    }
}
