/// The templates of a configuration by name, expressions still in place.
public struct TemplateLibrary: Sendable, Equatable {
    /// A part of a template with its place in the configuration.
    struct Part {
        let node: RawNode
        let path: String
    }

    private let templates: [String: RawNode]

    /// Makes a library without templates.
    public init() {
        templates = [:]
    }

    /// Takes the section `templates` as it is written.
    init(_ section: RawNode?) {
        var templates: [String: RawNode] = [:]
        for entry in section?.entries ?? [] { templates[entry.name] = entry.value }
        self.templates = templates
    }

    /// Finds parts of a template.
    ///
    /// - Parameters:
    ///   - names: The parts that are wanted.
    ///   - template: The name of the template.
    ///   - use: What needs them, for a message.
    /// - Returns: Those of the parts that the template has, by name; at least one.
    /// - Throws: `TemplateRejection` where there is no such template, or none of the parts in it.
    func parts(_ names: [String], of template: String, for use: String) throws(TemplateRejection) -> [String: Part] {
        guard let node = templates[template] else {
            let known = VariableBundle.ordered(templates.keys)
            let suggestion = Suggestion.text(for: template, among: known)
            let separator = suggestion.isEmpty ? ";" : suggestion
            let allowed = known.isEmpty ? "none, because there are no templates" : known.joined(separator: ", ")
            throw .problem("unknown template \(template.quoted())\(separator) allowed: \(allowed.shortened())")
        }
        if node.isRejected { throw .reported }
        var parts: [String: Part] = [:]
        let path = GatewaySchema.templates.field.name.appendingKey(template)
        for name in names {
            if let part = node[name] { parts[name] = Part(node: part, path: path.appendingKey(name)) }
        }
        guard !parts.isEmpty else {
            throw .problem("the template \(template.quoted()) is not one for \(use)")
        }
        return parts
    }
}
