extension LoadedConfiguration {
    /// The sections that say what runs; all others are about the gateway itself.
    private static let sectionsOfChildren: Set<String> = [
        GatewaySchema.variables.field.name, GatewaySchema.templates.field.name, GatewaySchema.redpanda.field.name,
        GatewaySchema.flows.field.name, GatewaySchema.protocolConverters.field.name,
        GatewaySchema.processes.field.name,
    ]

    /// Names the settings of the gateway itself, not of its children, that have another value than in an earlier
    /// configuration, wherever the values come from.
    ///
    /// - Parameter earlier: The configuration to compare with.
    /// - Returns: The paths, such as `web.listen`, in the order of the schema.
    public func settingsChanged(since earlier: LoadedConfiguration) -> [String] {
        let sections = GatewaySchema.object.fields.map(\.name).filter { !Self.sectionsOfChildren.contains($0) }
        return sections.flatMap { Self.differences(earlier.tree[$0], tree[$0], path: $0) }
    }

    private static func differences(
        _ old: ConfigurationValue?,
        _ new: ConfigurationValue?,
        path: String
    ) -> [String] {
        guard case .object(let old)? = old?.content, case .object(let new)? = new?.content else {
            return isSame(old, new) ? [] : [path]
        }
        let added = new.entries.map(\.name).filter { old[$0] == nil }
        return (old.entries.map(\.name) + added).flatMap { differences(old[$0], new[$0], path: "\(path).\($0)") }
    }

    /// Compares values without the places that they come from.
    private static func isSame(_ old: ConfigurationValue?, _ new: ConfigurationValue?) -> Bool {
        switch (old?.content, new?.content) {
        case (.list(let old)?, .list(let new)?):
            old.count == new.count && zip(old, new).allSatisfy { isSame($0, $1) }
        case (.object(let old)?, .object(let new)?):
            old.entries.map(\.name) == new.entries.map(\.name)
                && zip(old.entries, new.entries).allSatisfy { isSame($0.value, $1.value) }
        case (let old, let new):
            old == new
        }
    }
}
