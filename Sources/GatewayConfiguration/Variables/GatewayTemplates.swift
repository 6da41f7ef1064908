/// Renders what the gateway's own configuration says of its children.
struct GatewayTemplates {
    /// The problems so far and what may still be spent.
    var state: TemplateState { expander.state }
    /// What children take from templates and files.
    var expansion: ChildExpansion { expander.expansion }
    /// The files that flows name, in the order in which they were read.
    var files: [String] { expander.files.paths }
    /// The variables that all children share.
    private(set) var globals: [String: VariableValue] = [:]
    /// The templates, expressions still in place.
    let library: TemplateLibrary
    private var expander: ChildExpander
    private let root: RawNode
    private let createdAt: Duration

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - root: The merged content of all layers.
    ///   - folder: Where relative paths start from.
    ///   - createdAt: The time that expressions get as `internal.createdAt`.
    ///   - problems: The problems so far.
    init(_ root: RawNode, folder: ConfigurationFolder, createdAt: Duration, problems: ProblemList) {
        self.root = root
        self.createdAt = createdAt
        library = TemplateLibrary(root[GatewaySchema.templates.field.name])
        expander = ChildExpander(library: library, folder: folder, state: TemplateState(problems: problems))
    }

    /// Renders the children, and resolves all variables in place.
    ///
    /// - Returns: The content without expressions, templates aside; what is wrong is reported and left as rejected.
    mutating func render() -> RawNode {
        guard let entries = root.entries else { return root }
        let variablesName = GatewaySchema.variables.field.name
        var unusable: Set<String> = []
        var shared: RawNode?
        if let node = root[variablesName] {
            var resolver = VariableResolver(.global, path: variablesName, base: VariableBundle(), state: state)
            let result = resolver.resolve(node)
            expander.state = resolver.state
            (shared, globals, unusable) = (result.node, result.values, result.unusable)
        }
        let scope = Scope(root, globals: globals, unusableGlobals: unusable, createdAt: createdAt)
        var result = root
        result.content = .mapping(
            entries.map { entry in
                var entry = entry
                if entry.name == variablesName, let shared {
                    entry.value = shared
                } else {
                    entry.value = render(section: entry, scope)
                }
                return entry
            }
        )
        return result
    }

    private mutating func render(section: RawEntry, _ scope: Scope) -> RawNode {
        switch section.name {
        case GatewaySchema.processes.field.name:
            map(section) { expander, text in
                guard text.node.containsOpening || text.variables != nil else { return text.node }
                return expander.render(text, scope.templates(of: text.node))
            }
        case GatewaySchema.flows.field.name:
            map(section) { expander, text in expander.render(flow: text, scope.templates(of: text.node)) }
        case GatewaySchema.protocolConverters.field.name:
            map(section) { expander, text in expander.render(converter: text, scope.templates(of: text.node)) }
        case GatewaySchema.redpanda.field.name:
            expander.render(
                ChildText(section.value, path: section.name, key: section.name),
                scope.templates(of: section.value, standardName: BrokerSchema.name.fallback)
            )
        // Every other section is taken as it is written.
        default: section.value
        }
    }

    private mutating func map(
        _ section: RawEntry,
        _ render: (inout ChildExpander, ChildText) -> RawNode
    ) -> RawNode {
        guard case .sequence(let elements) = section.value.content else { return section.value }
        var result = section.value
        result.content = .sequence(
            elements.enumerated().map { index, element in
                guard element.entries != nil else { return element }
                let path = "\(section.name)[\(index)]"
                return render(&expander, ChildText(element, path: path, key: path))
            }
        )
        return result
    }
}

extension GatewayTemplates {
    /// What all children have in common.
    fileprivate struct Scope {
        let globals: [String: VariableValue]
        let unusableGlobals: Set<String>
        private let agent: String
        private let location: LocationSection
        private let createdAt: Duration

        init(
            _ root: RawNode,
            globals: [String: VariableValue],
            unusableGlobals: Set<String>,
            createdAt: Duration
        ) {
            let section = root[GatewaySchema.agent.field.name]
            agent = section?[AgentSchema.name.field.name]?.text ?? AgentSchema.name.fallback
            location = LocationSection(section?[AgentSchema.location.field.name])
            self.globals = globals
            self.unusableGlobals = unusableGlobals
            self.createdAt = createdAt
        }

        func templates(of child: RawNode, standardName: String = "") -> ChildTemplates {
            let group = child[ProcessSchema.group.field.name]?.text.map { [$0] } ?? []
            // A child that lacks a name it must have is a problem of its own.
            let name = child[ProcessSchema.name.field.name]?.text ?? standardName
            let own = LocationSection(child[ProtocolConverterSchema.location.field.name])
            return ChildTemplates(
                internal: InternalVariables(
                    path: [agent] + group + [name],
                    createdAt: createdAt,
                    location: own.placed(in: location)
                ),
                globals: globals,
                unusableGlobals: unusableGlobals
            )
        }
    }
}
