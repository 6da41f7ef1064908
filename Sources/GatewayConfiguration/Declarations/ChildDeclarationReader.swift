/// Reads declarations down the tree, keeping all problems.
struct ChildDeclarationReader {
    /// How many children one parent may have, as many as the section `processes`.
    private static let maximumChildren = 10_000

    /// The problems so far.
    var problems: ProblemList { state.problems }
    /// The files that flows name, in the order in which they were read.
    var files: [String] { expander.files.paths }
    var expander: ChildExpander
    let context: ChildDeclarationContext
    let folder: ConfigurationFolder
    let lookUpProgram: ConfigurationLoader.ProgramLookup
    private let schema: ChildDeclarationSchema

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
        expander = ChildExpander(
            library: context.templates,
            folder: folder,
            state: TemplateState(problems: problems)
        )
    }

    /// The problems so far and what may still be spent.
    var state: TemplateState {
        get { expander.state }
        set { expander.state = newValue }
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
        let workerType = declaration.fields[schema.workerType]
        if workerType != ChildDeclarationSchema.applicationType { refuseChildren(of: declaration) }
        let payload = payload(of: declaration, workerType)
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

    private mutating func payload(of declaration: ChildDeclaration, _ workerType: String?) -> DeclaredChild.Payload? {
        switch workerType {
        case ChildDeclarationSchema.flowType: return flow(declaration).map { .flow($0) }
        case ChildDeclarationSchema.converterType: return converter(declaration).map { .protocolConverter($0) }
        case let workerType:
            let config = rendered(declaration)
            switch workerType {
            // An unknown worker type has been reported.
            case nil: return nil
            case ChildDeclarationSchema.processType: return process(declaration, config).map { .process($0) }
            case ChildDeclarationSchema.brokerType: return broker(declaration, config).map { .broker($0) }
            case ChildDeclarationSchema.connectionType: return connection(declaration, config).map { .connection($0) }
            case ChildDeclarationSchema.applicationType:
                _ = validated(config, ObjectSchema([]), path: declaration.configPath)
                return .application(children(of: declaration))
            default: return custom(declaration, config)
            }
        }
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

    /// Validates a value against a schema; nil where there is nothing to validate.
    mutating func validated(
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
}
