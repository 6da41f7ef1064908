/// What children consist of that does not stand in their own place, rendered, by the key of the child.
struct ChildExpansion {
    /// A rendered value with its place.
    struct Piece {
        let node: RawNode
        let path: String
    }

    /// Configurations of flows that come from a file or a template.
    var documents: [String: Piece] = [:]
    /// Parts of protocol converters that come from a template.
    var parts: [String: Piece] = [:]
}

/// The fields of a child as they are written.
struct ChildText {
    /// The fields.
    let node: RawNode
    /// Where they stand, for messages.
    let path: String
    /// What identifies the child: the path of its own place, also where the fields come from a template.
    let key: String
    /// The child's own variables, if it has any.
    let variables: RawNode?
    /// Where the variables stand.
    let variablesPath: String

    /// Takes fields among which the variables are.
    init(_ node: RawNode, path: String, key: String) {
        let name = ProcessSchema.variables.field.name
        self.node = node
        self.path = path
        self.key = key
        variables = node[name]
        variablesPath = path.appendingKey(name)
    }

    /// Takes fields whose variables stand elsewhere.
    init(_ node: RawNode, path: String, variables: RawNode?, variablesPath: String) {
        self.node = node
        self.path = path
        key = path
        self.variables = variables
        self.variablesPath = variablesPath
    }
}
