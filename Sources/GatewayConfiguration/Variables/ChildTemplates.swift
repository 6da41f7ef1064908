/// Sets up the rendering of one child: its variables first, then everything that may name them.
struct ChildTemplates {
    /// A child whose variables are resolved.
    struct Resolved {
        /// The variables as they were written, with the values resolved in place; nil where there are none.
        let variables: RawNode?
        /// All variables that the child may name.
        let bundle: VariableBundle
        /// Renders the rest; holds the state from here on.
        var renderer: TemplateRenderer
    }

    /// What the gateway says of the child.
    let `internal`: InternalVariables
    /// What all children share.
    let globals: [String: VariableValue]
    /// Names of shared variables that are wrong, which has been reported.
    let unusableGlobals: Set<String>
    /// The node whose variables the child takes over where it has none of that name; nil for none.
    var parent: Parent?

    /// A node that hands its variables on to its children.
    struct Parent {
        /// Its name, which goes before the child's in messages.
        let name: String
        /// Its variables.
        let bundle: VariableBundle
    }

    /// Resolves the child's variables.
    ///
    /// - Parameters:
    ///   - variables: The mapping of the child's own variables, if any.
    ///   - path: Where they stand in the configuration.
    ///   - state: The problems so far and what may still be spent.
    /// - Returns: The variables and the renderer.
    func begin(variables: RawNode?, path: String, state: TemplateState) -> Resolved {
        let name = (parent.map { "\($0.name)/" } ?? "") + (`internal`.path.last ?? "")
        let base = bundle(user: [:], unusable: [])
        guard let variables else {
            let renderer = TemplateRenderer(child: name, bundle: base, state: state)
            return Resolved(variables: nil, bundle: base, renderer: renderer)
        }
        var resolver = VariableResolver(.user(child: name), path: path, base: base, state: state)
        let result = resolver.resolve(variables)
        let bundle = bundle(user: result.values, unusable: result.unusable)
        let renderer = TemplateRenderer(child: name, bundle: bundle, state: resolver.state)
        return Resolved(variables: result.node, bundle: bundle, renderer: renderer)
    }

    /// Lays the child's own variables over those of its parent.
    private func bundle(user: [String: VariableValue], unusable: Set<String>) -> VariableBundle {
        let inherited = parent?.bundle.user ?? [:]
        return VariableBundle(
            user: inherited.filter { !unusable.contains($0.key) }.merging(user) { _, own in own },
            global: globals,
            internal: `internal`,
            unusable: unusable.union((parent?.bundle.unusable ?? []).subtracting(user.keys)),
            unusableGlobals: unusableGlobals
        )
    }
}
