/// Renders what the gateway's own configuration says of its processes.
struct GatewayTemplates {
    /// Fields of a process that say where it stands in the tree; expressions name it by them, so they have none.
    private static let fixedFields: Set<String> = [
        ProcessSchema.name.field.name, ProcessSchema.group.field.name, ProcessSchema.dependsOn.field.name,
        ProcessSchema.stateMapping.field.name,
    ]

    /// The problems so far and what may still be spent.
    private(set) var state: TemplateState
    /// The variables that all processes share.
    private(set) var globals: [String: VariableValue] = [:]
    private let createdAt: Duration

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - createdAt: The time that expressions get as `internal.createdAt`.
    ///   - problems: The problems so far.
    init(createdAt: Duration, problems: ProblemList) {
        self.createdAt = createdAt
        state = TemplateState(problems: problems)
    }

    /// Renders the processes, and resolves all variables in place.
    ///
    /// - Parameter root: The merged content of all layers.
    /// - Returns: The content without expressions; what is wrong is reported and left as rejected.
    mutating func render(_ root: RawNode) -> RawNode {
        guard let entries = root.entries else { return root }
        let variablesName = GatewaySchema.variables.field.name
        var unusable: Set<String> = []
        var shared: RawNode?
        if let node = root[variablesName] {
            var resolver = VariableResolver(.global, path: variablesName, base: VariableBundle(), state: state)
            let result = resolver.resolve(node)
            state = resolver.state
            (shared, globals, unusable) = (result.node, result.values, result.unusable)
        }
        let scope = Scope(root, globals: globals, unusableGlobals: unusable, createdAt: createdAt)
        var result = root
        result.content = .mapping(
            entries.map { entry in
                var entry = entry
                if entry.name == variablesName, let shared { entry.value = shared }
                if entry.name == GatewaySchema.processes.field.name {
                    entry.value = render(list: entry.value, path: entry.name, scope)
                }
                return entry
            }
        )
        return result
    }

    private mutating func render(list: RawNode, path: String, _ scope: Scope) -> RawNode {
        guard case .sequence(let elements) = list.content else { return list }
        var result = list
        result.content = .sequence(
            elements.enumerated().map { render(process: $1, path: "\(path)[\($0)]", scope) }
        )
        return result
    }

    private mutating func render(process: RawNode, path: String, _ scope: Scope) -> RawNode {
        let variablesName = ProcessSchema.variables.field.name
        guard let entries = process.entries, process.containsOpening || process[variablesName] != nil else {
            return process
        }
        let templates = ChildTemplates(
            internal: scope.internalVariables(of: process),
            globals: scope.globals,
            unusableGlobals: scope.unusableGlobals
        )
        var child = templates.begin(
            variables: process[variablesName],
            path: path.appendingKey(variablesName),
            state: state
        )
        var result = process
        result.content = .mapping(
            entries.map { entry in
                var entry = entry
                if entry.name == variablesName {
                    entry.value = child.variables ?? entry.value
                } else if !Self.fixedFields.contains(entry.name) {
                    entry.value = child.renderer.render(entry.value, path: path.appendingKey(entry.name), depth: 1)
                }
                return entry
            }
        )
        state = child.renderer.state
        return result
    }
}

extension GatewayTemplates {
    /// What all processes have in common.
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

        func internalVariables(of process: RawNode) -> InternalVariables {
            let group = process[ProcessSchema.group.field.name]?.text.map { [$0] } ?? []
            // A process without a name is a problem of its own.
            let name = process[ProcessSchema.name.field.name]?.text ?? ""
            return InternalVariables(path: [agent] + group + [name], createdAt: createdAt, location: location)
        }
    }
}
