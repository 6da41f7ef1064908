/// Reads what a worker type needs to know.
extension ChildDeclarationReader {
    /// Resolves the variables and renders a configuration of which everything stands in its place.
    mutating func rendered(_ declaration: ChildDeclaration) -> RawNode {
        let text = text(of: declaration)
        var child = templates(of: declaration).begin(
            variables: text.variables,
            path: text.variablesPath,
            state: state
        )
        let config = child.renderer.render(text.node, path: text.path)
        state = child.renderer.state
        return config
    }

    /// Reads a program.
    mutating func process(_ declaration: ChildDeclaration, _ config: RawNode) -> ProcessSection? {
        guard let subject = subject(declaration, config, ProcessSchema.object) else { return nil }
        checkPrograms([subject])
        return ProcessSection(subject.object, place: place(declaration, subject), folder: folder)
    }

    /// Reads a broker.
    mutating func broker(_ declaration: ChildDeclaration, _ config: RawNode) -> BrokerSection? {
        guard let subject = subject(declaration, config, BrokerSchema.object) else { return nil }
        checkPrograms([subject])
        return BrokerSection(subject.object, place: place(declaration, subject), folder: folder)
    }

    /// Reads a connection.
    mutating func connection(_ declaration: ChildDeclaration, _ config: RawNode) -> ConnectionSection? {
        guard let subject = subject(declaration, config, ConnectionSchema.part) else { return nil }
        return ConnectionSection(subject.object, place: place(declaration, subject))
    }

    /// Renders and reads a flow.
    mutating func flow(_ declaration: ChildDeclaration) -> FlowSection? {
        let config = expander.render(flow: text(of: declaration), templates(of: declaration))
        guard let subject = subject(declaration, config, FlowSchema.object) else { return nil }
        var inventory = inventory()
        let flow = inventory.flow(subject)
        state.problems = inventory.validator.problems
        FlowRules.check(flow, problems: &state.problems)
        checkPrograms([flow])
        return FlowSection(flow, place: place(declaration, subject), folder: folder)
    }

    /// Renders and reads a protocol converter.
    mutating func converter(_ declaration: ChildDeclaration) -> ProtocolConverterSection? {
        let config = expander.render(converter: text(of: declaration), templates(of: declaration))
        guard let subject = subject(declaration, config, ProtocolConverterSchema.object) else { return nil }
        var inventory = inventory()
        let converter = inventory.converter(subject)
        state.problems = inventory.validator.problems
        ConverterRules.check(converter, problems: &state.problems)
        let flows = [converter.read, converter.write].compactMap(\.self)
        for flow in flows { FlowRules.check(flow, problems: &state.problems) }
        checkPrograms(flows)
        let name = TreeDeclaration.Name(
            text: declaration.treePath.last ?? "",
            source: declaration.source,
            path: declaration.path
        )
        let topology = ChildTopology(converter.declarations(below: name), problems: state.problems)
        state.problems = topology.problems
        return ProtocolConverterSection(
            converter,
            place: place(declaration, subject),
            location: declaration.location,
            siblings: { topology.siblings[$0] ?? [] },
            folder: folder
        )
    }

    /// Takes the configuration of a worker type that is known by name only.
    mutating func custom(_ declaration: ChildDeclaration, _ config: RawNode) -> DeclaredChild.Payload? {
        if config.isNull { return .custom([:]) }
        if config.isRejected { return nil }
        guard config.entries != nil else {
            let message = "expected a mapping, found \(config.kind)"
            state.problems.report(config.source, declaration.configPath, message)
            return nil
        }
        requireValues(config, path: declaration.configPath)
        guard case .map(let values) = VariableValue(config)?.content else { return nil }
        return .custom(values)
    }

    /// Reports every place where nothing is written.
    private mutating func requireValues(_ node: RawNode, path: String) {
        switch node.content {
        case .rejected: break
        case .scalar:
            guard node.isNull else { break }
            state.problems.report(node.source, path, "a value is missing; write \"\" for an empty text")
        case .sequence(let elements):
            for (index, element) in elements.enumerated() { requireValues(element, path: "\(path)[\(index)]") }
        case .mapping(let entries):
            for entry in entries { requireValues(entry.value, path: path.appendingKey(entry.name)) }
        }
    }

    private func text(of declaration: ChildDeclaration) -> ChildText {
        let absent = RawNode(content: .mapping([]), source: declaration.source)
        return ChildText(
            declaration.config ?? absent,
            path: declaration.configPath,
            variables: declaration.variables,
            variablesPath: declaration.path(
                of: ChildDeclarationSchema.userSpec.field.name,
                UserSpecSchema.variables.field.name
            )
        )
    }

    private func templates(of declaration: ChildDeclaration) -> ChildTemplates {
        ChildTemplates(
            internal: InternalVariables(
                path: declaration.treePath,
                createdAt: context.now,
                location: declaration.location
            ),
            globals: context.variables,
            unusableGlobals: []
        )
    }

    /// Validates the fields of a worker type, without those that a declaration has beside them.
    private mutating func subject(
        _ declaration: ChildDeclaration,
        _ config: RawNode,
        _ schema: ObjectSchema
    ) -> ChildSubject? {
        let path = declaration.configPath
        let config = withoutPlacedFields(config, path: path)
        let object = validated(config, ChildDeclarationSchema.fields(of: schema), path: path)
        return object.map {
            ChildSubject(
                key: path,
                path: path,
                object: $0,
                source: config.source,
                isEnabled: declaration.fields[ChildDeclarationSchema.enabled]
            )
        }
    }

    /// Reports fields that an element of a section has, but that belong elsewhere in a declaration.
    private mutating func withoutPlacedFields(_ config: RawNode, path: String) -> RawNode {
        guard let entries = config.entries else { return config }
        var result = config
        result.content = .mapping(
            entries.filter { entry in
                guard ChildDeclarationSchema.placedFields.contains(entry.name) else { return true }
                let hint =
                    switch entry.name {
                    case UserSpecSchema.variables.field.name: "write it in userSpec, beside config"
                    case ProcessSchema.group.field.name: "declare an application with this child among its children"
                    default: "write it beside userSpec"
                    }
                state.problems.report(
                    entry.source,
                    path.appendingKey(entry.name),
                    "belongs to the declaration, not to its config; \(hint)"
                )
                return false
            }
        )
        return result
    }

    private func inventory() -> ChildInventory {
        ChildInventory(expander.expansion, validator: SchemaValidator(problems: state.problems))
    }

    private mutating func checkPrograms(_ subjects: [ChildSubject]) {
        var rules = ProgramRules(subjects, problems: state.problems)
        rules.checkDelays()
        rules.checkProbes()
        rules.checkPrograms(folder: folder, searchPath: context.searchPath, lookUp: lookUpProgram)
        state.problems = rules.problems
    }

    private func place(_ declaration: ChildDeclaration, _ subject: ChildSubject) -> ChildPlace {
        ChildPlace(
            path: declaration.treePath,
            isEnabled: declaration.fields[ChildDeclarationSchema.enabled],
            dependsOn: declaration.fields[ChildDeclarationSchema.dependsOn],
            stateMapping: declaration.fields[ChildDeclarationSchema.stateMapping].mappedStates,
            startupGrace: subject.object[ProcessSchema.startupGrace]
        )
    }
}
