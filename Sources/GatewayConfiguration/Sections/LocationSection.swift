/// Where a box or a child stands; what is not known is empty.
public struct LocationSection: Sendable, Equatable {
    /// The enterprise.
    public let enterprise: String
    /// The site within the enterprise.
    public let site: String
    /// The area within the site.
    public let area: String
    /// The production line within the area.
    public let line: String

    /// Makes a location.
    ///
    /// - Parameters:
    ///   - enterprise: The enterprise.
    ///   - site: The site within the enterprise.
    ///   - area: The area within the site.
    ///   - line: The production line within the area.
    public init(enterprise: String = "", site: String = "", area: String = "", line: String = "") {
        self.enterprise = enterprise
        self.site = site
        self.area = area
        self.line = line
    }

    /// Reads what is written before it is validated.
    init(_ node: RawNode?) {
        let levels = LocationSchema.object.fields.map { node?[$0.name]?.text ?? "" }
        self.init(enterprise: levels[0], site: levels[1], area: levels[2], line: levels[3])
    }

    init(_ object: ConfigurationObject) {
        enterprise = object[LocationSchema.enterprise]
        site = object[LocationSchema.site]
        area = object[LocationSchema.area]
        line = object[LocationSchema.line]
    }

    /// The levels joined by `/`, without empty ones.
    public var path: String {
        [enterprise, site, area, line].filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// Puts the levels that are known here over those of the parent, so that locations compose down the tree.
    ///
    /// - Parameter parent: Where the parent stands.
    /// - Returns: Where the child stands: each level its own where it has one, else the parent's.
    public func placed(in parent: LocationSection) -> LocationSection {
        LocationSection(
            enterprise: enterprise.isEmpty ? parent.enterprise : enterprise,
            site: site.isEmpty ? parent.site : site,
            area: area.isEmpty ? parent.area : area,
            line: line.isEmpty ? parent.line : line
        )
    }
}
