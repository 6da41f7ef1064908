/// Children as an operator declares them: the body of `POST /v1/children`.
public struct ChildDeclarationText: Codable, Sendable, Equatable {
    /// The declaration in YAML.
    public var yaml: String
    /// What problems call the text: the name of its file.
    public var name: String
    /// The absolute path of the folder that relative paths in it start from.
    public var folder: String
    /// The path of the parent; `nil` for the root.
    public var parent: String?

    /// Describes a declaration.
    ///
    /// - Parameters:
    ///   - yaml: The declaration in YAML.
    ///   - name: What problems call the text.
    ///   - folder: The absolute path of the folder that relative paths in it start from.
    ///   - parent: The path of the parent; `nil` for the root.
    public init(yaml: String, name: String, folder: String, parent: String?) {
        self.yaml = yaml
        self.name = name
        self.folder = folder
        self.parent = parent
    }
}
