/// An effective configuration together with where each of its values comes from.
public struct LoadedConfiguration: Sendable, Equatable {
    /// The configuration.
    public let configuration: GatewayConfiguration
    let tree: ConfigurationObject

    init(configuration: GatewayConfiguration, tree: ConfigurationObject) {
        self.configuration = configuration
        self.tree = tree
    }

    /// Tells where a value comes from, for problems that show only later, such as a port in use.
    ///
    /// - Parameter path: The setting, such as `web.listen` or `processes[2].command`.
    /// - Returns: Its source, or nil where the configuration has no such value.
    public func source(of path: String) -> ConfigurationSource? {
        tree.source(of: path)
    }

    /// Writes the configuration as YAML, each value with its source in a comment, secrets masked.
    ///
    /// - Returns: Text that loads again to the same configuration, secrets aside, when it lies in the same folder.
    public func rendered() -> String {
        var renderer = ConfigurationRenderer()
        renderer.render(tree, GatewaySchema.object)
        return renderer.text
    }
}

extension ConfigurationObject {
    /// Tells where a value comes from; nil where there is no such value.
    func source(of path: String) -> ConfigurationSource? {
        var value = ConfigurationValue(.object(self), source: .standard)
        for step in path.split(whereSeparator: { $0 == "." || $0 == "[" }) {
            let next: ConfigurationValue?
            if step.last == "]" {
                let index = Int(step.dropLast())
                next = index.flatMap { index in value.list.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
            } else {
                next = value.object?[String(step)]
            }
            guard let next else { return nil }
            value = next
        }
        return value.source
    }
}
