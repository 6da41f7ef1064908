/// The declared fields of a mapping, in the order in which they are shown.
package struct ObjectSchema: Sendable {
    /// The fields.
    package let fields: [Field]
    /// Names of optional fields of which exactly one must be present; empty where there is no such rule.
    package let alternatives: [String]

    /// Declares a mapping.
    package init(_ fields: [Field], exactlyOneOf alternatives: [String] = []) {
        self.fields = fields
        self.alternatives = alternatives
    }

    /// Finds a field by its key.
    package func field(_ name: String) -> Field? {
        fields.first { $0.name == name }
    }
}
