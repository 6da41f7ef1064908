/// What a declaration takes over from the place in the tree that it is for.
public struct ChildDeclarationContext: Sendable, Equatable {
    /// The names from the root down to the parent.
    public var parentPath: [String]
    /// The names of children that the parent has already, which `dependsOn` may name.
    ///
    /// Whether one of them may be declared anew is for the caller to decide.
    public var siblings: Set<String>
    /// The variables that all children share, such as `GatewayConfiguration.variables`.
    public var variables: [String: VariableValue]
    /// Where the parent stands, such as `AgentSection.location`.
    public var location: LocationSection
    /// The templates that flows and protocol converters may name, such as `GatewayConfiguration.templates`.
    public var templates: TemplateLibrary
    /// The folder that relative paths start from; itself relative to the current directory unless absolute.
    public var folder: String
    /// Where programs are looked for that are named without a folder; nil where nothing sets `PATH`.
    public var searchPath: String?
    /// The time of the declaration since 1970-01-01T00:00:00Z, which expressions get as `internal.createdAt`.
    public var now: Duration

    /// Describes the place of a declaration.
    ///
    /// - Parameters:
    ///   - parentPath: The names from the root down to the parent.
    ///   - siblings: The names of children that the parent has already.
    ///   - variables: The variables that all children share.
    ///   - location: Where the parent stands.
    ///   - templates: The templates that flows and protocol converters may name.
    ///   - folder: The folder that relative paths start from.
    ///   - searchPath: Where programs are looked for that are named without a folder.
    ///   - now: The time since 1970-01-01T00:00:00Z.
    public init(
        parentPath: [String],
        siblings: Set<String> = [],
        variables: [String: VariableValue] = [:],
        location: LocationSection = LocationSection(),
        templates: TemplateLibrary = TemplateLibrary(),
        folder: String,
        searchPath: String? = nil,
        now: Duration
    ) {
        self.parentPath = parentPath
        self.siblings = siblings
        self.variables = variables
        self.location = location
        self.templates = templates
        self.folder = folder
        self.searchPath = searchPath
        self.now = now
    }
}
