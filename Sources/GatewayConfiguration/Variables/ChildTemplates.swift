/// Sets up the rendering of one child: its variables first, then everything that may name them.
struct ChildTemplates {
    /// A child whose variables are resolved.
    struct Resolved {
        /// The variables as they were written, with the values resolved in place; nil where there are none.
        let variables: RawNode?
        /// Renders the rest; holds the state from here on.
        var renderer: TemplateRenderer
    }

    /// What the gateway says of the child.
    let `internal`: InternalVariables
    /// What all children share.
    let globals: [String: VariableValue]
    /// Names of shared variables that are wrong, which has been reported.
    let unusableGlobals: Set<String>

    /// Resolves the child's variables.
    ///
    /// - Parameters:
    ///   - variables: The mapping of the child's own variables, if any.
    ///   - path: Where they stand in the configuration.
    ///   - state: The problems so far and what may still be spent.
    /// - Returns: The variables and the renderer.
    func begin(variables: RawNode?, path: String, state: TemplateState) -> Resolved {
        let name = `internal`.path.last ?? ""
        let base = VariableBundle(global: globals, internal: `internal`, unusableGlobals: unusableGlobals)
        guard let variables else {
            return Resolved(variables: nil, renderer: TemplateRenderer(child: name, bundle: base, state: state))
        }
        var resolver = VariableResolver(.user(child: name), path: path, base: base, state: state)
        let result = resolver.resolve(variables)
        let bundle = VariableBundle(
            user: result.values,
            global: globals,
            internal: `internal`,
            unusable: result.unusable,
            unusableGlobals: unusableGlobals
        )
        let renderer = TemplateRenderer(child: name, bundle: bundle, state: resolver.state)
        return Resolved(variables: result.node, renderer: renderer)
    }
}
