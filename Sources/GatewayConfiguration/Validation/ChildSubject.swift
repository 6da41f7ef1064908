/// A validated child with its places.
struct ChildSubject {
    /// What identifies the child: the path of its own place, also where the fields come from a template.
    let key: String
    /// Where its fields stand.
    let path: String
    /// The validated fields.
    let object: ConfigurationObject
    /// The place of the child.
    let source: ConfigurationSource
    /// Whether it is to run, as far as its fields and those of the nodes above it say.
    let isEnabled: Bool
    /// The configuration of a flow; nil for other children, and where validation has reported that it is wrong.
    var document: FlowDocument?

    /// The place of a value, or of the child where the value is a default.
    func source(of value: ConfigurationValue?) -> ConfigurationSource {
        guard let value, value.source != .standard else { return source }
        return value.source
    }
}

/// A validated configuration for Benthos with its place.
struct FlowDocument {
    let content: ConfigurationObject
    let path: String
}

/// A validated protocol converter with its parts; a part is nil where it is missing or wrong.
struct ConverterSubject {
    let own: ChildSubject
    let connection: ChildSubject?
    let read: ChildSubject?
    let write: ChildSubject?
}
