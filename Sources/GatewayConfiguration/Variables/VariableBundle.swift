/// The variables that the templates of one child may name, in three tiers.
///
/// Those of the tier `user` stand at the top level (`{{ IP }}`); the others below their tier's name
/// (`{{ global.apiURL }}`, `{{ internal.path }}`).
package struct VariableBundle: Sendable, Equatable {
    /// What belongs to the gateway itself and so cannot be the name of a user's variable.
    package static let tierNames = [globalTier, internalTier]
    /// The tier of the variables that all children share.
    static let globalTier = "global"
    private static let internalTier = "internal"
    /// How many names a message lists.
    private static let listedNames = 20
    /// Among more names than this, the nearest one is not looked for.
    private static let comparedNames = 200

    /// What the child's own declaration says, resolved.
    package let user: [String: VariableValue]
    /// What all children share.
    package let global: [String: VariableValue]
    /// What the gateway says of the child.
    package let `internal`: InternalVariables?
    /// Names of the user's variables that are wrong, which has been reported.
    let unusable: Set<String>
    /// Names of shared variables that are wrong, which has been reported.
    private let unusableGlobals: Set<String>

    /// Makes a bundle.
    ///
    /// - Parameters:
    ///   - user: What the child's own declaration says.
    ///   - global: What all children share.
    ///   - internal: What the gateway says of the child; nil where templates belong to no child.
    ///   - unusable: Names of the user's variables that are wrong, which has been reported.
    ///   - unusableGlobals: Names of shared variables that are wrong, which has been reported.
    package init(
        user: [String: VariableValue] = [:],
        global: [String: VariableValue] = [:],
        internal: InternalVariables? = nil,
        unusable: Set<String> = [],
        unusableGlobals: Set<String> = []
    ) {
        self.user = user
        self.global = global
        self.internal = `internal`
        self.unusable = unusable
        self.unusableGlobals = unusableGlobals
    }

    /// Finds the value of a variable, or of something inside one.
    ///
    /// - Parameters:
    ///   - path: The name.
    ///   - isBrief: Whether nobody reads what is thrown, so that looking for the nearest name is in vain.
    /// - Returns: The value, marked as secret where one of the names says so.
    /// - Throws: `TemplateRejection` where there is no such variable, or it is wrong itself.
    package func value(
        of path: VariablePath,
        isBrief: Bool = false
    ) throws(TemplateRejection) -> VariableValue {
        let name = path.names[0]
        if unusable.contains(name) { throw .reported }
        if name == Self.globalTier, isUnusable(below: path.names.dropFirst()) { throw .reported }
        guard let value = topLevel(name) else { throw unknown(path, isBrief: isBrief) }
        return try Self.descend(path, depth: 1, from: value, isBrief: isBrief)
    }

    /// Tells whether a name of the top level is a tier or a variable of the user, be it wrong or not.
    func declares(_ name: String) -> Bool {
        Self.tierNames.contains(name) || user[name] != nil || unusable.contains(name)
    }

    /// Finds what is inside a value.
    ///
    /// - Parameters:
    ///   - path: The whole name.
    ///   - depth: How many names of the path have led to the value.
    ///   - value: Where to begin.
    ///   - isBrief: Whether nobody reads what is thrown.
    /// - Returns: What is there, marked as secret where one of the names says so.
    /// - Throws: `TemplateRejection.problem` where there is nothing of that name.
    static func descend(
        _ path: VariablePath,
        depth: Int,
        from value: VariableValue,
        isBrief: Bool
    ) throws(TemplateRejection) -> VariableValue {
        var value = value
        for index in depth..<path.names.count {
            guard case .map(let entries) = value.content else {
                throw notInside(path, depth: index, kind: value.kind)
            }
            guard let inner = entries[path.names[index]] else {
                throw unknown(path, depth: index, among: isBrief ? [] : ordered(entries.keys))
            }
            value = inner.hidden(value.isSecret)
        }
        return value.hidden(path.isSecret)
    }

    /// Says that there is no such variable, and which there are.
    ///
    /// - Parameters:
    ///   - path: The whole name.
    ///   - depth: How many of its names lead to something.
    ///   - names: The names that exist there, in order.
    /// - Returns: The rejection.
    static func unknown(_ path: VariablePath, depth: Int, among names: [String]) -> TemplateRejection {
        let outer = path.names.prefix(depth).map { "\($0)." }.joined()
        let message = "unknown variable \(path.description.quoted())"
        guard names.count <= comparedNames else {
            return .problem("\(message); allowed: one of \(names.count) names")
        }
        let known = names.map { outer + $0 }
        // A variable without its tier is named more often than one that is spelled wrong.
        let inTier = known.first { $0.hasSuffix(".\(path)") }
        let suggestion = Suggestion.text(for: inTier ?? path.description, among: known)
        let omitted = known.count > listedNames ? ["and \(known.count - listedNames) more"] : []
        let allowed = known.isEmpty ? ["none"] : known.prefix(listedNames).map { $0.shortened() } + omitted
        let separator = suggestion.isEmpty ? ";" : suggestion
        return .problem("\(message)\(separator) allowed: \(allowed.joined(separator: ", "))")
    }

    /// Says that there is no such variable, and which there are in all tiers.
    ///
    /// - Parameters:
    ///   - path: The whole name.
    ///   - declared: Further names of the top level.
    ///   - isBrief: Whether nobody reads it.
    /// - Returns: The rejection.
    func unknown(_ path: VariablePath, declared: [String] = [], isBrief: Bool) -> TemplateRejection {
        if isBrief { return Self.unknown(path, depth: 0, among: []) }
        let tiers =
            Self.ordered(global.keys).map { "\(Self.globalTier).\($0)" }
            + (`internal`?.values.keys.sorted() ?? []).map { "\(Self.internalTier).\($0)" }
        let names = Self.ordered(user.keys) + Self.ordered(declared)
        return Self.unknown(path, depth: 0, among: names + tiers)
    }

    private static func notInside(_ path: VariablePath, depth: Int, kind: String) -> TemplateRejection {
        let outer = path.names.prefix(depth).joined(separator: ".").quoted()
        return .problem("unknown variable \(path.description.quoted()); \(outer) is \(kind) and has no names inside")
    }

    /// Puts names in order, unless they are more than a message lists.
    static func ordered(_ names: some Collection<String>) -> [String] {
        names.count > comparedNames ? Array(names) : names.sorted()
    }

    /// True where one of the shared variables that are asked for is wrong.
    private func isUnusable(below names: ArraySlice<String>) -> Bool {
        names.first.map(unusableGlobals.contains) ?? !unusableGlobals.isEmpty
    }

    private func topLevel(_ name: String) -> VariableValue? {
        switch name {
        case Self.globalTier: global.isEmpty ? nil : VariableValue(.map(global))
        case Self.internalTier: (`internal`?.values).map { VariableValue(.map($0)) }
        default: user[name]
        }
    }
}
