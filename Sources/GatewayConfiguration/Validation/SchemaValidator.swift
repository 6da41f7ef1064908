import YAML

/// Checks raw values against the schema and fills in defaults.
///
/// A value that is wrong becomes a problem and is left out, so that everything else is still checked.
struct SchemaValidator {
    private(set) var problems: ProblemList

    init(problems: ProblemList) {
        self.problems = problems
    }

    /// Checks a mapping.
    ///
    /// - Parameters:
    ///   - node: The raw value; nothing counts as an empty mapping.
    ///   - schema: The fields that may and must be there.
    ///   - path: Where the mapping is.
    /// - Returns: The fields that are right or defaulted, in the order of the schema; nil where there is no mapping.
    mutating func object(_ node: RawNode, _ schema: ObjectSchema, path: String) -> ConfigurationObject? {
        guard let entries = mapping(node, path: path) else { return nil }
        var values: [String: RawNode] = [:]
        for entry in entries {
            if schema.field(entry.name) == nil {
                reportUnknown(entry, schema, path: path)
            } else {
                values[entry.name] = entry.value
            }
        }
        if !schema.alternatives.isEmpty { requireOne(of: schema.alternatives, values, node, path: path) }
        var result = ConfigurationObject()
        for field in schema.fields {
            let fieldPath = path.appendingKey(field.name)
            if let value = self.value(values[field.name], field, owner: node, path: fieldPath) {
                result.append(value, as: field.name)
            }
        }
        return result
    }

    /// Checks that a node is a mapping, and takes over whatever is in it.
    ///
    /// - Parameters:
    ///   - node: The raw value; nothing counts as an empty mapping.
    ///   - path: Where it is.
    /// - Returns: The mapping; nil where there is none.
    mutating func document(_ node: RawNode, path: String) -> ConfigurationObject? {
        value(node, .document, isSecret: false, path: path)?.object
    }

    private mutating func value(
        _ node: RawNode?,
        _ field: Field,
        owner: RawNode,
        path: String
    ) -> ConfigurationValue? {
        if let node { return value(node, field.type, isSecret: field.secrecy == .secret, path: path) }
        switch field.presence {
        case .optional: return nil
        case .required:
            problems.report(owner.source, path, "missing; it is required: \(field.help)")
            return nil
        case .defaulted(let content):
            if case .object = field.type { return value(.absent, field.type, isSecret: false, path: path) }
            return ConfigurationValue(content, source: .standard)
        }
    }

    private mutating func value(
        _ node: RawNode,
        _ type: FieldType,
        isSecret: Bool,
        path: String
    ) -> ConfigurationValue? {
        if node.isRejected { return nil }
        let content: ConfigurationValue.Content?
        switch type {
        case .free: content = free(node, path: path)
        case .document, .template: content = mapping(node, path: path).map { free($0, path: path) }
        case .scalar: content = anyScalar(node, path: path)
        case .object(let schema): content = object(node, schema, path: path).map { .object($0) }
        case .map(let keys, let type): content = map(node, keys, type, path: path).map { .object($0) }
        case .list(let type, let count): content = list(node, type, count, path: path).map { .list($0) }
        case .string, .text, .integer, .decimal, .byteCount, .boolean, .duration, .choice, .endpoint, .httpURL,
            .metricSelector, .path, .umask:
            content = scalar(node, type, isSecret: isSecret, path: path)
        }
        return content.map { ConfigurationValue($0, source: node.source, isSecret: node.origin?.isSecret ?? false) }
    }

    /// Takes over whatever is written.
    private mutating func free(_ node: RawNode, path: String) -> ConfigurationValue.Content? {
        switch node.content {
        case .rejected: return nil
        case .sequence(let elements):
            return .list(
                elements.enumerated().compactMap { index, element in
                    value(element, .free, isSecret: false, path: "\(path)[\(index)]")
                }
            )
        case .mapping(let entries): return free(entries, path: path)
        case .scalar(let text, let style):
            guard style == .plain else { return .string(text) }
            switch ScalarKind(plain: text) {
            case .nothing: return .plain("null")
            case .string: return YAMLPlainText.mayStandPlain(text) ? .plain(text) : .string(text)
            case .number: return .plain(text)
            case .boolean: return .boolean(text.lowercased() == "true")
            }
        }
    }

    private mutating func free(_ entries: [RawEntry], path: String) -> ConfigurationValue.Content {
        var result = ConfigurationObject()
        for entry in entries {
            let value = value(entry.value, .free, isSecret: false, path: path.appendingKey(entry.name))
            if let value { result.append(value, as: entry.name) }
        }
        return .object(result)
    }

    private mutating func anyScalar(_ node: RawNode, path: String) -> ConfigurationValue.Content? {
        guard case .scalar = node.content, !node.isNull else {
            report("expected a single value, found \(node.kind)", of: node, path: path)
            return nil
        }
        return free(node, path: path)
    }

    private mutating func scalar(
        _ node: RawNode,
        _ type: FieldType,
        isSecret: Bool,
        path: String
    ) -> ConfigurationValue.Content? {
        do throws(ScalarRejection) {
            return try ScalarReader(type: type, isSecret: isSecret || node.origin?.isSecret == true).read(node)
        } catch {
            report(error.message, of: node, path: path)
            return nil
        }
    }

    private mutating func list(
        _ node: RawNode,
        _ type: FieldType,
        _ count: ClosedRange<Int>,
        path: String
    ) -> [ConfigurationValue]? {
        var elements: [RawNode] = []
        if case .sequence(let sequence) = node.content {
            elements = sequence
        } else if !node.isNull {
            report("expected a list, found \(node.kind)", of: node, path: path)
            return nil
        }
        guard count.contains(elements.count) else {
            let message = "\(elements.count) elements; allowed: \(count.lowerBound) to \(count.upperBound)"
            report(message, of: node, path: path)
            return nil
        }
        let values = elements.enumerated().compactMap { index, element in
            value(element, type, isSecret: false, path: "\(path)[\(index)]")
        }
        // A command without one of its parts would be another command, and judged as such.
        if case .text = type, values.count < elements.count { return nil }
        return values
    }

    private mutating func map(
        _ node: RawNode,
        _ keys: NameRule,
        _ type: FieldType,
        path: String
    ) -> ConfigurationObject? {
        guard let entries = mapping(node, path: path) else { return nil }
        var result = ConfigurationObject()
        for entry in entries {
            let entryPath = path.appendingKey(entry.name)
            if !keys.accepts(entry.name) {
                let message = "\(entry.name.quoted()) is not a name; allowed: \(keys.description)"
                problems.report(entry.source, entryPath, message)
            } else if let value = value(entry.value, type, isSecret: false, path: entryPath) {
                result.append(value, as: entry.name)
            }
        }
        return result
    }

    private mutating func mapping(_ node: RawNode, path: String) -> [RawEntry]? {
        if case .mapping(let entries) = node.content { return entries }
        if node.isRejected { return nil }
        if node.isNull { return [] }
        report("expected a mapping, found \(node.kind)", of: node, path: path)
        return nil
    }

    /// Reports a wrong value, and which variables it comes from.
    private mutating func report(_ message: String, of node: RawNode, path: String) {
        let origin = node.origin.map { "; the value comes from \($0.expressions)" } ?? ""
        problems.report(node.source, path, message + origin)
    }

    private mutating func reportUnknown(_ entry: RawEntry, _ schema: ObjectSchema, path: String) {
        let names = schema.fields.map(\.name)
        let suggestion = problems.isFull ? "" : Suggestion.text(for: entry.name, among: names)
        let allowed = names.isEmpty ? "none" : names.joined(separator: ", ")
        let message = "unknown key\(suggestion.isEmpty ? ";" : suggestion) allowed: \(allowed)"
        problems.report(entry.source, path.appendingKey(entry.name), message)
    }

    private mutating func requireOne(
        of names: [String],
        _ values: [String: RawNode],
        _ node: RawNode,
        path: String
    ) {
        let present = names.filter { values[$0] != nil }
        guard present.count != 1 else { return }
        let found = present.isEmpty ? "none" : present.joined(separator: ", ")
        let message = "exactly one of \(names.joined(separator: ", ")) is needed; found: \(found)"
        problems.report(node.source, path, message)
    }
}
