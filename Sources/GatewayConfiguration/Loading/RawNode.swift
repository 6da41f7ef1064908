import YAML

/// A value before validation: the layers' common form, each part with its origin.
struct RawNode: Sendable, Equatable {
    /// How a scalar was written, which decides what it may mean.
    enum Style: Sendable {
        /// Without quotes in YAML, so that `5` is a number.
        case plain
        /// Quoted in YAML, so that it is a string.
        case quoted
        /// In an environment variable or a flag, where everything is text.
        case untyped
    }

    /// How a value came into the place of an expression.
    struct Origin: Sendable, Equatable {
        /// The expressions, for a message.
        let expressions: String
        /// True where the value must not be shown.
        let isSecret: Bool

        /// The same origin with the value hidden.
        func hidden() -> Origin { Origin(expressions: expressions, isSecret: true) }
    }

    enum Content: Sendable, Equatable {
        case scalar(String, Style)
        case sequence([RawNode])
        case mapping([RawEntry])
        /// Something wrong that has been reported, so that nothing more is said of it.
        case rejected
    }

    var content: Content
    let source: ConfigurationSource
    /// How the value came into the place of an expression; nil for what stands there as it is written.
    var origin: Origin?

    /// An empty mapping that nobody wrote.
    static let absent = RawNode(content: .mapping([]), source: .standard)

    /// True for the plain scalars that YAML reads as no value.
    var isNull: Bool {
        if case .scalar(let text, .plain) = content { YAMLScalar(text, isPlain: true).isNull } else { false }
    }

    /// Names the kind of value in a message.
    var kind: String {
        switch content {
        case .scalar(let text, .plain): ScalarKind(plain: text).rawValue
        case .scalar: ScalarKind.string.rawValue
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .rejected: ScalarKind.nothing.rawValue
        }
    }

    /// True for what is wrong and has been reported.
    var isRejected: Bool {
        if case .rejected = content { true } else { false }
    }

    /// The entries, where the node is a mapping.
    var entries: [RawEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The text, where the node is a scalar that is not nothing.
    var text: String? {
        if case .scalar(let text, _) = content, !isNull { text } else { nil }
    }

    /// Looks up the value of a key; nil where there is none or the node is no mapping.
    subscript(name: String) -> RawNode? {
        entries?.first { $0.name == name }?.value
    }
}

/// One key of a mapping with its value and the place of the key.
struct RawEntry: Sendable, Equatable {
    let name: String
    let source: ConfigurationSource
    var value: RawNode
}

extension RawNode {
    /// Takes over a node of a file; duplicate and unusual keys and tags become problems and are left out.
    init(_ node: YAMLNode, file: String, path: String, problems: inout ProblemList) {
        source = .file(file, line: node.mark.line, column: node.mark.column)
        let string = "tag:yaml.org,2002:str"
        if let tag = node.tag, tag != "!", tag != string {
            problems.report(source, path, "the tag \(tag.quoted()) is not supported; remove it")
        }
        switch node.content {
        case .scalar(let scalar):
            content = .scalar(scalar.text, scalar.isPlain && node.tag == nil ? .plain : .quoted)
        case .sequence(let elements):
            content = .sequence(
                elements.enumerated().map { index, element in
                    RawNode(element, file: file, path: "\(path)[\(index)]", problems: &problems)
                }
            )
        case .mapping(let entries):
            let read = Self.entries(entries, file: file, path: path, problems: &problems)
            // An expression without quotes, which YAML takes for a mapping in a mapping.
            let isExpression = entries.count == 1 && entries.allSatisfy { $0.key.mapping != nil }
            content = isExpression ? .rejected : .mapping(read)
        }
    }

    private static func entries(
        _ entries: [YAMLEntry],
        file: String,
        path: String,
        problems: inout ProblemList
    ) -> [RawEntry] {
        var places: [String: YAMLMark] = [:]
        var result: [RawEntry] = []
        for entry in entries {
            let mark = entry.key.mark
            let source = ConfigurationSource.file(file, line: mark.line, column: mark.column)
            guard let name = entry.key.scalar?.text else {
                let hint = "an expression such as {{ NAME }} needs quotes around it"
                problems.report(source, path, "a key must be a single word, not a list or a mapping; \(hint)")
                continue
            }
            let entryPath = path.appendingKey(name)
            if let first = places[name] {
                problems.report(source, entryPath, "duplicate key; it is already set at line \(first.line)")
                continue
            }
            places[name] = mark
            let value = RawNode(entry.value, file: file, path: entryPath, problems: &problems)
            result.append(RawEntry(name: name, source: source, value: value))
        }
        return result
    }
}

extension String {
    /// The path of a key below this path.
    func appendingKey(_ key: String) -> String {
        let shown = key.shortened()
        return isEmpty ? shown : "\(self).\(shown)"
    }

    /// The text in quotes for a message, cut where it is long.
    func quoted() -> String { "\"\(shortened())\"" }

    /// The text cut to what fits a message.
    func shortened() -> String {
        utf8.count <= 80 ? self : String(unicodeScalars.prefix(60)) + "..."
    }
}
