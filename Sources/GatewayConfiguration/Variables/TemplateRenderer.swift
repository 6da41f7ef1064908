/// Renders the values of one child.
///
/// Works on parsed values and never on YAML's text, so that what a variable holds stays one value.
struct TemplateRenderer {
    /// The problems so far and what may still be spent.
    var state: TemplateState
    /// The child's name for messages.
    let child: String
    private let bundle: VariableBundle

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - child: The child's name for messages.
    ///   - bundle: The variables.
    ///   - state: The problems so far and what may still be spent.
    init(child: String, bundle: VariableBundle, state: TemplateState) {
        self.child = child
        self.bundle = bundle
        self.state = state
    }

    /// Renders a value with all that is in it.
    ///
    /// - Parameters:
    ///   - node: The value.
    ///   - path: Where it stands in the configuration.
    ///   - depth: How many collections it is inside.
    /// - Returns: The value without expressions; what is wrong is reported and left as rejected.
    mutating func render(_ node: RawNode, path: String, depth: Int = 0) -> RawNode {
        guard node.containsOpening else { return node }
        var result = node
        switch node.content {
        case .rejected: break
        case .scalar(let text, _):
            do throws(TemplateRejection) {
                result = try rendered(text, at: node.source, depth: depth)
            } catch {
                state.report(error, child: child, source: node.source, path: path)
                result.content = .rejected
            }
        case .sequence(let elements):
            result.content = .sequence(
                elements.enumerated().map { render($1, path: "\(path)[\($0)]", depth: depth + 1) }
            )
        case .mapping(let entries):
            result.content = .mapping(
                entries.compactMap { entry in
                    let entryPath = path.appendingKey(entry.name)
                    guard state.checkKey(entry, child: child, path: entryPath) else { return nil }
                    let value = render(entry.value, path: entryPath, depth: depth + 1)
                    return RawEntry(name: entry.name, source: entry.source, value: value)
                }
            )
        }
        return result
    }

    private mutating func rendered(
        _ text: String,
        at source: ConfigurationSource,
        depth: Int
    ) throws(TemplateRejection) -> RawNode {
        let template = try Template(text)
        var values: [VariableValue] = []
        for path in template.variables {
            try state.budget.takeExpression()
            values.append(try bundle.value(of: path, isBrief: state.problems.isFull))
        }
        let value = try template.filled(with: values, budget: &state.budget)
        try state.budget.checkDepth(depth + value.depth)
        let origin = RawNode.Origin(expressions: template.summary, isSecret: value.isSecret)
        return RawNode(value, source: source, origin: origin)
    }
}

extension RawNode {
    /// True where a scalar or a key in it holds an expression, or begins to.
    var containsOpening: Bool {
        switch content {
        case .rejected: false
        case .scalar(let text, _): Template.isOpened(in: text)
        case .sequence(let elements): elements.contains(where: \.containsOpening)
        case .mapping(let entries):
            entries.contains { Template.isOpened(in: $0.name) || $0.value.containsOpening }
        }
    }
}

extension TemplateState {
    /// Reports what is wrong with a template, naming the child where there is one.
    mutating func report(
        _ rejection: TemplateRejection,
        child: String?,
        source: ConfigurationSource,
        path: String
    ) {
        switch rejection {
        case .reported: break
        case .problem(let message):
            // A child without a name has that reported, too.
            let subject = child.map { $0.isEmpty ? "" : "child \($0.quoted()): " } ?? ""
            problems.report(source, path, subject + message)
        }
    }

    /// Reports a key with an expression in it; whether the key is fine.
    mutating func checkKey(_ entry: RawEntry, child: String?, path: String) -> Bool {
        guard Template.isOpened(in: entry.name) else { return true }
        let message = "an expression cannot stand in a key; write the name itself"
        report(.problem(message), child: child, source: entry.source, path: path)
        return false
    }
}
