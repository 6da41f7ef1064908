/// Renders children, and fetches what they name instead of containing it: templates and files.
struct ChildExpander {
    /// Fields that say where a child stands in the tree; expressions name it by them, so they have none.
    private static let fixedFields: Set<String> = [
        ProcessSchema.name.field.name, ProcessSchema.group.field.name, ProcessSchema.dependsOn.field.name,
        ProcessSchema.stateMapping.field.name, ProtocolConverterSchema.location.field.name,
    ]

    /// The problems so far and what may still be spent.
    var state: TemplateState
    /// What has been fetched.
    private(set) var expansion = ChildExpansion()
    private(set) var files: FlowFiles
    private let library: TemplateLibrary

    /// Makes an expander.
    ///
    /// - Parameters:
    ///   - library: The templates.
    ///   - folder: Where relative paths start from.
    ///   - state: The problems so far and what may still be spent.
    init(library: TemplateLibrary, folder: ConfigurationFolder, state: TemplateState) {
        self.library = library
        self.state = state
        files = FlowFiles(folder: folder)
    }

    /// Renders a child of which everything stands in its place.
    mutating func render(_ text: ChildText, _ templates: ChildTemplates) -> RawNode {
        let (node, child) = fields(text, templates)
        state = child.renderer.state
        return node
    }

    /// Renders a flow, and fetches its configuration from where it says.
    mutating func render(flow text: ChildText, _ templates: ChildTemplates) -> RawNode {
        var (node, child) = fields(text, templates)
        let config = FlowSchema.config.field.name
        if let own = node[config] {
            Self.checkContent(own, path: text.path.appendingKey(config), problems: &child.renderer.state.problems)
        } else if let document = document(of: node, text, &child.renderer) {
            Self.checkContent(document.node, path: document.path, problems: &child.renderer.state.problems)
            expansion.documents[text.key] = document
        }
        state = child.renderer.state
        return node
    }

    /// Renders a protocol converter with its parts, which see its variables.
    mutating func render(converter text: ChildText, _ templates: ChildTemplates) -> RawNode {
        var (node, child) = fields(text, templates, without: Set(ProtocolConverterSchema.parts))
        let path = templates.internal.path
        let parent = ChildTemplates.Parent(name: path.last ?? "", bundle: child.bundle)
        let borrowed = parts(of: node, text, &child.renderer)
        state = child.renderer.state
        for name in ProtocolConverterSchema.parts {
            let partTemplates = ChildTemplates(
                internal: templates.internal.child(name),
                globals: templates.globals,
                unusableGlobals: templates.unusableGlobals,
                parent: parent
            )
            let key = text.key.appendingKey(name)
            if let part = borrowed[name] {
                let rendered = render(part: name, ChildText(part.node, path: part.path, key: key), partTemplates)
                expansion.parts[key] = ChildExpansion.Piece(node: rendered, path: part.path)
            } else if let own = node[name] {
                let path = text.path.appendingKey(name)
                node.replace(name, by: render(part: name, ChildText(own, path: path, key: key), partTemplates))
            }
        }
        return node
    }

    private mutating func render(part name: String, _ text: ChildText, _ templates: ChildTemplates) -> RawNode {
        name == ProtocolConverterSection.connectionName ? render(text, templates) : render(flow: text, templates)
    }

    private func fields(
        _ text: ChildText,
        _ templates: ChildTemplates,
        without excluded: Set<String> = []
    ) -> (node: RawNode, child: ChildTemplates.Resolved) {
        var child = templates.begin(variables: text.variables, path: text.variablesPath, state: state)
        guard let entries = text.node.entries else {
            return (child.renderer.render(text.node, path: text.path), child)
        }
        let variablesName = ProcessSchema.variables.field.name
        var result = text.node
        result.content = .mapping(
            entries.compactMap { entry in
                var entry = entry
                let path = text.path.appendingKey(entry.name)
                if entry.name == variablesName {
                    // Where they stand elsewhere, these are in the wrong place, which validation reports.
                    if text.variablesPath == path { entry.value = child.variables ?? entry.value }
                } else if !Self.fixedFields.contains(entry.name), !excluded.contains(entry.name) {
                    guard child.renderer.state.checkKey(entry, child: child.renderer.child, path: path) else {
                        return nil
                    }
                    entry.value = child.renderer.render(entry.value, path: path, depth: 1)
                }
                return entry
            }
        )
        return (result, child)
    }

    /// Reports a configuration in which nothing is written, which is not the same as one that has been rejected.
    private static func checkContent(_ document: RawNode, path: String, problems: inout ProblemList) {
        guard document.isNull || document.entries?.isEmpty == true else { return }
        problems.report(document.source, path, "the configuration is empty; write at least an input and an output")
    }

    /// Fetches the configuration that a flow names; nil where there is none, which is reported unless it names none.
    private mutating func document(
        of flow: RawNode,
        _ text: ChildText,
        _ renderer: inout TemplateRenderer
    ) -> ChildExpansion.Piece? {
        if let file = flow[FlowSchema.configFile.field.name], let name = file.text {
            let path = text.path.appendingKey(FlowSchema.configFile.field.name)
            guard let node = files.read(name, named: file, path: path, problems: &renderer.state.problems) else {
                return nil
            }
            do throws(TemplateRejection) {
                try renderer.state.budget.take(copyOf: node)
            } catch {
                renderer.state.report(error, child: renderer.child, source: file.source, path: path)
                return nil
            }
            return ChildExpansion.Piece(node: renderer.render(node, path: ""), path: "")
        }
        let part = TemplateSchema.flow.field.name
        let name = FlowSchema.template.field.name
        guard let template = borrowed([part], flow, name, for: "a flow", text, &renderer)[part] else { return nil }
        return ChildExpansion.Piece(node: renderer.render(template.node, path: template.path), path: template.path)
    }

    private func parts(
        of converter: RawNode,
        _ text: ChildText,
        _ renderer: inout TemplateRenderer
    ) -> [String: TemplateLibrary.Part] {
        let name = ProtocolConverterSchema.template.field.name
        return borrowed(ProtocolConverterSchema.parts, converter, name, for: "a protocol converter", text, &renderer)
    }

    /// Finds parts of the template that a field names; none where it names none, or a wrong one, which is reported.
    private func borrowed(
        _ parts: [String],
        _ node: RawNode,
        _ field: String,
        for use: String,
        _ text: ChildText,
        _ renderer: inout TemplateRenderer
    ) -> [String: TemplateLibrary.Part] {
        guard let value = node[field], let name = value.text else { return [:] }
        do throws(TemplateRejection) {
            let found = try library.parts(parts, of: name, for: use)
            for part in found.values { try renderer.state.budget.take(copyOf: part.node) }
            return found
        } catch {
            let path = text.path.appendingKey(field)
            renderer.state.report(error, child: renderer.child, source: value.source, path: path)
            return [:]
        }
    }
}

extension RawNode {
    /// Replaces the value of a key.
    fileprivate mutating func replace(_ name: String, by value: RawNode) {
        guard var entries, let index = entries.firstIndex(where: { $0.name == name }) else { return }
        entries[index].value = value
        content = .mapping(entries)
    }
}
