/// Resolves the variables of one tier, whose values may contain templates of each other.
struct VariableResolver {
    /// Whose variables they are.
    enum Tier {
        /// A child's own, which stand at the top level.
        case user(child: String)
        /// Those that all children share, which stand below `global`.
        case global
    }

    /// The variables once they are resolved.
    struct Result {
        /// The mapping as it was written, with the values resolved in place.
        let node: RawNode
        /// The values by name.
        let values: [String: VariableValue]
        /// Names of variables that are wrong.
        let unusable: Set<String>
    }

    /// The problems so far and what may still be spent.
    private(set) var state: TemplateState
    private let tier: Tier
    private let path: String
    private let base: VariableBundle
    private var declared: [String: RawNode] = [:]
    /// What has become of each scalar that was looked at, by the names that lead to it.
    private var outcomes: [[String]: RawNode] = [:]
    /// The scalars that are being resolved, each needed by the one before it.
    private var trail: [[String]] = []

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - tier: Whose variables they are.
    ///   - path: Where they stand in the configuration.
    ///   - base: The other tiers.
    ///   - state: The problems so far and what may still be spent.
    init(_ tier: Tier, path: String, base: VariableBundle, state: TemplateState) {
        self.tier = tier
        self.path = path
        self.base = base
        self.state = state
    }

    /// Resolves every variable, whether anything needs it or not.
    ///
    /// - Parameter node: The mapping of variables; another kind of value is left as it is, for validation to report.
    /// - Returns: The variables; what is wrong is reported once, where it is written.
    mutating func resolve(_ node: RawNode) -> Result {
        let entries = (node.entries ?? []).filter { checkName($0) }
        for entry in entries { declared[entry.name] = entry.value }
        var resolved: [RawEntry] = []
        var values: [String: VariableValue] = [:]
        var unusable: Set<String> = []
        for entry in entries {
            let value = resolve(entry.value, at: [entry.name])
            resolved.append(RawEntry(name: entry.name, source: entry.source, value: value))
            if let value = VariableValue(value) {
                values[entry.name] = value
            } else {
                unusable.insert(entry.name)
            }
        }
        var result = node
        if node.entries != nil { result.content = .mapping(resolved) }
        return Result(node: result, values: values, unusable: unusable)
    }

    private var child: String? {
        switch tier {
        case .user(let child): child
        case .global: nil
        }
    }

    /// True where further problems are only counted.
    private var isBrief: Bool { state.problems.isFull }

    private mutating func checkName(_ entry: RawEntry) -> Bool {
        let entryPath = path.appendingKey(entry.name)
        switch tier {
        case .user:
            guard VariableBundle.tierNames.contains(entry.name) else { break }
            let message = "\(entry.name.quoted()) is a tier of its own and cannot be set; choose another name"
            state.report(.problem(message), child: child, source: entry.source, path: entryPath)
            return false
        case .global: break
        }
        return state.checkKey(entry, child: child, path: entryPath)
    }

    private mutating func resolve(_ node: RawNode, at names: [String]) -> RawNode {
        var result = node
        switch node.content {
        case .rejected: break
        case .scalar(let text, _): result = resolve(text, node, at: names)
        case .sequence(let elements):
            result.content = .sequence(elements.enumerated().map { resolve($1, at: names + ["[\($0)]"]) })
        case .mapping(let entries):
            result.content = .mapping(
                entries.compactMap { entry in
                    let inner = names + [entry.name]
                    guard state.checkKey(entry, child: child, path: location(of: inner)) else { return nil }
                    return RawEntry(name: entry.name, source: entry.source, value: resolve(entry.value, at: inner))
                }
            )
        }
        return result
    }

    private mutating func resolve(_ text: String, _ node: RawNode, at names: [String]) -> RawNode {
        if let outcome = outcomes[names] { return outcome }
        guard node.isNull || Template.isOpened(in: text) else { return node }
        var outcome = node
        trail.append(names)
        do throws(TemplateRejection) {
            outcome = try rendered(text, node, depth: names.count)
        } catch {
            state.report(error, child: child, source: node.source, path: location(of: names))
            outcome.content = .rejected
        }
        trail.removeLast()
        outcomes[names] = outcome
        return outcome
    }

    private mutating func rendered(
        _ text: String,
        _ node: RawNode,
        depth: Int
    ) throws(TemplateRejection) -> RawNode {
        guard !node.isNull else {
            throw .problem("a variable needs a value; write \"\" for an empty text")
        }
        let template = try Template(text)
        var values: [VariableValue] = []
        for path in template.variables {
            try state.budget.takeExpression()
            values.append(try value(of: path))
        }
        let value = try template.filled(with: values, budget: &state.budget)
        try state.budget.checkDepth(depth + value.depth)
        let origin = RawNode.Origin(expressions: template.summary, isSecret: value.isSecret)
        return RawNode(value, source: node.source, origin: origin)
    }

    private mutating func value(of path: VariablePath) throws(TemplateRejection) -> VariableValue {
        let (names, outer) = declaredNames(of: path)
        guard let name = names.first, let node = declared[name] else {
            switch tier {
            case .user where base.declares(path.names[0]):
                return try base.value(of: path, isBrief: isBrief)
            case .user: throw base.unknown(path, declared: isBrief ? [] : Array(declared.keys), isBrief: isBrief)
            case .global:
                let names = isBrief ? [] : VariableBundle.ordered(declared.keys).map { "\(outer)\($0)" }
                throw VariableBundle.unknown(path, depth: 0, among: names)
            }
        }
        return try value(of: path, consumed: path.names.count - names.count + 1, in: node, at: [name])
    }

    /// Finds something inside a declared value, resolving no more of it than is needed.
    private mutating func value(
        of path: VariablePath,
        consumed: Int,
        in node: RawNode,
        at names: [String]
    ) throws(TemplateRejection) -> VariableValue {
        if consumed < path.names.count, let entries = node.entries {
            let name = path.names[consumed]
            // The search looks at one entry after the other.
            try state.budget.take(entries.count)
            guard let inner = entries.first(where: { $0.name == name }) else {
                let names = isBrief ? [] : VariableBundle.ordered(entries.map(\.name))
                throw VariableBundle.unknown(path, depth: consumed, among: names)
            }
            return try value(of: path, consumed: consumed + 1, in: inner.value, at: names + [name])
        }
        try checkCycle(names)
        guard let value = VariableValue(resolve(node, at: names)) else { throw .reported }
        return try VariableBundle.descend(path, depth: consumed, from: value, isBrief: isBrief)
    }

    /// Refuses a scalar that is needed by itself, or a chain of needs that is too long.
    private func checkCycle(_ names: [String]) throws(TemplateRejection) {
        if let start = trail.firstIndex(where: { $0.starts(with: names) }) {
            let cycle = (trail[start...] + [trail[start]]).map { shown($0).shortened() }
            throw .problem("variables refer to each other in a cycle: \(cycle.joined(separator: " -> "))")
        }
        let limit = state.budget.limits.maximumReferences
        guard trail.count < limit else {
            throw .problem("variables refer to each other in a chain of more than \(limit); shorten it")
        }
    }

    /// The names below the tier, and what stands before them in an expression.
    private func declaredNames(of path: VariablePath) -> (names: ArraySlice<String>, outer: String) {
        switch tier {
        case .user: return (path.names[...], "")
        case .global:
            let isBelow = path.names[0] == VariableBundle.globalTier
            return (isBelow ? path.names.dropFirst() : [], "\(VariableBundle.globalTier).")
        }
    }

    /// A declared name as an expression would write it.
    private func shown(_ names: [String]) -> String {
        let outer =
            switch tier {
            case .user: ""
            case .global: VariableBundle.globalTier
            }
        return names.reduce(outer) { Self.append($1, to: $0) }
    }

    /// Where a declared name stands in the configuration.
    private func location(of names: [String]) -> String { names.reduce(path) { Self.append($1, to: $0) } }

    private static func append(_ name: String, to path: String) -> String {
        name.hasPrefix("[") ? "\(path)\(name)" : path.appendingKey(name)
    }
}
