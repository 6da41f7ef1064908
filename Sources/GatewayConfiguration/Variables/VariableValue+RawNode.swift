extension VariableValue {
    /// Reads a value in which nothing is left to render; nil where a part of it is wrong, which has been reported.
    init?(_ node: RawNode) {
        let isSecret = node.origin?.isSecret ?? false
        switch node.content {
        case .rejected: return nil
        case .scalar(let text, let style):
            switch style == .plain ? ScalarKind(plain: text) : .string {
            case .nothing: return nil
            case .string: self.init(.string(text), isSecret: isSecret)
            case .number: self.init(.number(text), isSecret: isSecret)
            case .boolean: self.init(.boolean(text.lowercased() == "true"), isSecret: isSecret)
            }
        case .sequence(let nodes):
            let elements = nodes.compactMap { VariableValue($0) }
            guard elements.count == nodes.count else { return nil }
            self.init(.list(elements), isSecret: isSecret)
        case .mapping(let entries):
            var values: [String: VariableValue] = [:]
            for entry in entries {
                guard let value = VariableValue(entry.value) else { return nil }
                values[entry.name] = value
            }
            self.init(.map(values), isSecret: isSecret)
        }
    }
}

extension RawNode {
    /// Makes the node that takes the place of an expression.
    ///
    /// Keys are put in order, because mappings of variables have none.
    ///
    /// - Parameters:
    ///   - value: What the expression stands for.
    ///   - source: Where the expression stands.
    ///   - origin: How the value came there.
    init(_ value: VariableValue, source: ConfigurationSource, origin: Origin) {
        let origin = value.isSecret ? origin.hidden() : origin
        self.source = source
        self.origin = origin
        switch value.content {
        case .string(let text): content = .scalar(text, .quoted)
        case .number(let text): content = .scalar(text, .plain)
        case .boolean(let truth): content = .scalar("\(truth)", .plain)
        case .list(let elements):
            content = .sequence(elements.map { RawNode($0, source: source, origin: origin) })
        case .map(let entries):
            content = .mapping(
                entries.sorted { $0.key < $1.key }.map { name, value in
                    let inner = Field.Secrecy.secretNames.hides(entry: name) ? origin.hidden() : origin
                    return RawEntry(
                        name: name,
                        source: source,
                        value: RawNode(value, source: source, origin: inner)
                    )
                }
            )
        }
    }
}
