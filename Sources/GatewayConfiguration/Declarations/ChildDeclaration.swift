/// What YAML says of a child, before its templates are rendered.
struct ChildDeclaration {
    /// Its place in the text.
    let source: ConfigurationSource
    /// Its path in the text; empty where the text is this declaration.
    let path: String
    /// The validated fields beside `userSpec` and `children`.
    let fields: ConfigurationObject
    /// The names from the root down; the last is empty where the name is missing or wrong, which has been reported.
    let treePath: [String]
    /// Where the child stands.
    let location: LocationSection
    /// `userSpec.config` as it is written, if it is.
    let config: RawNode?
    /// `userSpec.variables` as they are written, if they are.
    let variables: RawNode?
    /// `children` as they are written, if they are.
    let children: RawNode?

    /// Makes a declaration of validated fields and what is still raw.
    ///
    /// - Parameters:
    ///   - node: The declaration as it is written.
    ///   - fields: Its validated fields.
    ///   - path: Its path in the text.
    ///   - parent: The names from the root down to the parent.
    ///   - location: Where the parent stands.
    init(
        _ node: RawNode,
        fields: ConfigurationObject,
        path: String,
        parent: [String],
        location: LocationSection
    ) {
        source = node.source
        self.path = path
        self.fields = fields
        treePath = parent + [fields[ChildDeclarationSchema.name] ?? ""]
        self.location = LocationSection(fields[ChildDeclarationSchema.location]).placed(in: location)
        let userSpec = node[ChildDeclarationSchema.userSpec.field.name]
        config = userSpec?[UserSpecSchema.config.field.name]
        variables = userSpec?[UserSpecSchema.variables.field.name]
        children = node[ChildDeclarationSchema.children.field.name]
    }

    /// The declaration as a child of its parent.
    var subject: ChildSubject {
        ChildSubject(
            key: path,
            path: path,
            object: fields,
            source: source,
            isEnabled: fields[ChildDeclarationSchema.enabled]
        )
    }

    /// The path of the configuration.
    var configPath: String {
        path(of: ChildDeclarationSchema.userSpec.field.name, UserSpecSchema.config.field.name)
    }

    /// The path of a field in the text.
    func path(of names: String...) -> String {
        names.reduce(path) { $0.appendingKey($1) }
    }
}
