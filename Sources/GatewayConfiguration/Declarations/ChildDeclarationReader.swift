/// Reads declarations down the tree, keeping all problems.
struct ChildDeclarationReader {
    /// How many children one parent may have, as many as the section `processes`.
    private static let maximumChildren = 10_000

    /// The problems so far.
    var problems: ProblemList { state.problems }
    private var state: TemplateState
    private let schema: ChildDeclarationSchema
    private let context: ChildDeclarationContext
    private let folder: ConfigurationFolder
    private let lookUpProgram: ConfigurationLoader.ProgramLookup

    init(
        schema: ChildDeclarationSchema,
        context: ChildDeclarationContext,
        lookUpProgram: @escaping ConfigurationLoader.ProgramLookup,
        problems: ProblemList
    ) {
        self.schema = schema
        self.context = context
        self.lookUpProgram = lookUpProgram
        folder = ConfigurationFolder(context.folder, currentDirectory: ConfigurationFolder.current())
        state = TemplateState(problems: problems)
    }

    /// Reads a document: one declaration, or a list of siblings.
    ///
    /// - Returns: The children; some are missing where there are problems.
    mutating func read(_ document: RawNode) -> [DeclaredChild] {
        let nodes: [(RawNode, String)] =
            if case .sequence(let elements) = document.content {
                elements.enumerated().map { ($1, "[\($0)]") }
            } else {
                [(document, "")]
            }
        return read(
            nodes,
            parent: context.parentPath,
            location: context.location,
            siblings: context.siblings,
            document.source
        )
    }

    private mutating func read(
        _ nodes: [(node: RawNode, path: String)],
        parent: [String],
        location: LocationSection,
        siblings: Set<String>,
        _ source: ConfigurationSource
    ) -> [DeclaredChild] {
        guard nodes.count <= Self.maximumChildren else {
            let message = "\(nodes.count) children; allowed: 0 to \(Self.maximumChildren)"
            state.problems.report(source, "", message)
            return []
        }
        let declarations = nodes.compactMap { node, path in
            declaration(node, path: path, parent: parent, location: location)
        }
        state.problems =
            SiblingDependencies(declarations, siblings: siblings, problems: state.problems).problems
        return declarations.compactMap { child($0) }
    }

    private mutating func declaration(
        _ node: RawNode,
        path: String,
        parent: [String],
        location: LocationSection
    ) -> ChildDeclaration? {
        let fields = validated(node, schema.object, path: path)
        guard let fields else { return nil }
        let locationName = ChildDeclarationSchema.location.field.name
        LocationRules.check(
            fields[ChildDeclarationSchema.location],
            path: path.appendingKey(locationName),
            problems: &state.problems
        )
        return ChildDeclaration(node, fields: fields, path: path, parent: parent, location: location)
    }

    private mutating func child(_ declaration: ChildDeclaration) -> DeclaredChild? {
        let config = rendered(declaration)
        let payload: DeclaredChild.Payload?
        let workerType = declaration.fields[schema.workerType]
        if workerType != ChildDeclarationSchema.applicationType { refuseChildren(of: declaration) }
        switch workerType {
        // An unknown worker type has been reported.
        case nil: payload = nil
        case ChildDeclarationSchema.processType: payload = process(declaration, config).map { .process($0) }
        case ChildDeclarationSchema.applicationType:
            _ = validated(config, ObjectSchema([]), path: configPath(declaration))
            payload = .application(children(of: declaration))
        default: payload = custom(declaration, config)
        }
        guard let name = declaration.fields[ChildDeclarationSchema.name], let workerType, let payload else {
            return nil
        }
        return DeclaredChild(
            name: name,
            workerType: workerType,
            payload: payload,
            stateMapping: declaration.fields[ChildDeclarationSchema.stateMapping].mappedStates,
            dependsOn: declaration.fields[ChildDeclarationSchema.dependsOn],
            isEnabled: declaration.fields[ChildDeclarationSchema.enabled],
            location: declaration.location,
            place: declaration.source
        )
    }

    /// Resolves the variables and renders the configuration.
    private mutating func rendered(_ declaration: ChildDeclaration) -> RawNode {
        let templates = ChildTemplates(
            internal: InternalVariables(
                path: declaration.treePath,
                createdAt: context.now,
                location: declaration.location
            ),
            globals: context.variables,
            unusableGlobals: []
        )
        let variablesName = UserSpecSchema.variables.field.name
        let userSpecName = ChildDeclarationSchema.userSpec.field.name
        var child = templates.begin(
            variables: declaration.variables,
            path: declaration.path(of: userSpecName, variablesName),
            state: state
        )
        let absent = RawNode(content: .mapping([]), source: declaration.source)
        let config = child.renderer.render(declaration.config ?? absent, path: configPath(declaration))
        state = child.renderer.state
        return config
    }

    private mutating func process(_ declaration: ChildDeclaration, _ config: RawNode) -> ProcessSection? {
        let path = configPath(declaration)
        let config = withoutPlacedFields(config, path: path)
        guard let object = validated(config, ChildDeclarationSchema.process, path: path) else { return nil }
        let fields = declaration.fields
        let isEnabled = fields[ChildDeclarationSchema.enabled]
        let subject = ProcessRules.Subject(
            object: object,
            path: path,
            source: config.source,
            isEnabled: isEnabled
        )
        var rules = ProcessRules([subject], problems: state.problems)
        rules.checkDelays()
        rules.checkPrograms(folder: folder, searchPath: context.searchPath, lookUp: lookUpProgram)
        state.problems = rules.problems
        let place = ProcessSection.Place(
            path: declaration.treePath,
            isEnabled: isEnabled,
            dependsOn: fields[ChildDeclarationSchema.dependsOn],
            stateMapping: fields[ChildDeclarationSchema.stateMapping].mappedStates
        )
        return ProcessSection(object, place: place, folder: folder)
    }

    /// Reports fields that an element of `processes` has, but that belong elsewhere in a declaration.
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

    private mutating func children(of declaration: ChildDeclaration) -> [DeclaredChild] {
        guard let node = declaration.children, !node.isNull, !node.isRejected else { return [] }
        let path = declaration.path(of: ChildDeclarationSchema.children.field.name)
        guard case .sequence(let elements) = node.content else {
            state.problems.report(node.source, path, "expected a list, found \(node.kind)")
            return []
        }
        return read(
            elements.enumerated().map { ($1, "\(path)[\($0)]") },
            parent: declaration.treePath,
            location: declaration.location,
            siblings: [],
            node.source
        )
    }

    private mutating func refuseChildren(of declaration: ChildDeclaration) {
        guard let node = declaration.children, !node.isNull else { return }
        let name = ChildDeclarationSchema.children.field.name
        let type = ChildDeclarationSchema.applicationType
        let message = "only a child of the type \(type) has children; remove them or change workerType"
        state.problems.report(node.source, declaration.path(of: name), message)
    }

    private mutating func custom(_ declaration: ChildDeclaration, _ config: RawNode) -> DeclaredChild.Payload? {
        if config.isNull { return .custom([:]) }
        if config.isRejected { return nil }
        guard config.entries != nil else {
            let message = "expected a mapping, found \(config.kind)"
            state.problems.report(config.source, configPath(declaration), message)
            return nil
        }
        requireValues(config, path: configPath(declaration))
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

    private mutating func validated(
        _ node: RawNode,
        _ schema: ObjectSchema,
        path: String
    ) -> ConfigurationObject? {
        if node.isRejected { return nil }
        var validator = SchemaValidator(problems: state.problems)
        let object = validator.object(node, schema, path: path)
        state.problems = validator.problems
        return object
    }

    private func configPath(_ declaration: ChildDeclaration) -> String {
        declaration.path(of: ChildDeclarationSchema.userSpec.field.name, UserSpecSchema.config.field.name)
    }
}
