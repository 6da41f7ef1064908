/// The tree of children with its dependencies, and what is wrong with it.
///
/// A name in `dependsOn` means a child of the same parent, or else a node of the top level: a child without a group, a
/// group, or a protocol converter. A child further down that needs a node of the top level makes its whole group, or its
/// protocol converter, wait for it.
struct ChildTopology {
    /// Per child, the siblings it depends on, each once.
    private(set) var siblings: [String: [String]] = [:]
    /// The groups, in the order of their first appearance.
    private(set) var groups: [ProcessGroup] = []
    private(set) var problems: ProblemList

    private let declarations: [TreeDeclaration]
    private let hasUnnamed: Bool
    /// Per parent (nil: top level), the names of the children and what has each first.
    private var members: [String?: [String: Owner]] = [:]
    /// Groups by name, with the place that first names each.
    private var groupNames: [(name: String, place: TreeDeclaration.Name)] = []
    private var groupSet: Set<String> = []
    /// For names that only exist below the top level, one parent that has it.
    private var groupOfMember: [String: String] = [:]
    /// Per parent (nil: top level), the edges between its nodes.
    private var graphs: [String?: DependencyGraph] = [:]

    /// The first child with a name.
    private struct Owner {
        let noun: String
        let source: ConfigurationSource
    }

    /// Resolves names, and reports duplicates, unknown names and cycles.
    init(_ declarations: [TreeDeclaration], problems: ProblemList) {
        self.declarations = declarations
        hasUnnamed = declarations.contains { $0.name == nil }
        self.problems = problems
        for declaration in declarations { declareGroup(declaration) }
        for declaration in declarations { declareName(declaration) }
        for group in groupNames { checkGroup(group.place) }
        for declaration in declarations { resolve(declaration) }
        reportCycles()
        for declaration in declarations { adoptDependencies(declaration) }
        groups = groupNames.map { group in
            ProcessGroup(name: group.name, dependsOn: graphs[nil]?.targets(of: group.name) ?? [])
        }
    }

    private mutating func declareGroup(_ declaration: TreeDeclaration) {
        switch declaration.role {
        case .parent, .part: break
        case .member:
            guard let group = declaration.group, groupSet.insert(group.text).inserted else { break }
            groupNames.append((group.text, group))
        }
    }

    private mutating func declareName(_ declaration: TreeDeclaration) {
        guard let name = declaration.name else { return }
        let group = declaration.group?.text
        if let first = members[group]?[name.text] {
            switch declaration.role {
            // Of two nodes with the same name that name itself is the mistake.
            case .part: break
            case .member, .parent:
                let place = group.map { "in group \"\($0)\"" } ?? "at the top level"
                let message = "duplicate name \"\(name.text)\" \(place); it is already used at \(first.source)"
                problems.report(name.source, name.path, message)
            }
        } else {
            members[group, default: [:]][name.text] = Owner(noun: declaration.noun, source: name.source)
            if let group { groupOfMember[name.text] = group }
        }
    }

    private mutating func checkGroup(_ group: TreeDeclaration.Name) {
        guard let owner = members[nil]?[group.text] else { return }
        let message =
            "\"\(group.text)\" is already \(owner.noun) at \(owner.source); "
            + "groups share names with everything that has no group"
        problems.report(group.source, group.path, message)
    }

    private mutating func resolve(_ declaration: TreeDeclaration) {
        guard let name = declaration.name else { return }
        let group = declaration.group?.text
        var seen: Set<String> = []
        for dependency in declaration.dependsOn {
            guard seen.insert(dependency.text).inserted else {
                problems.report(dependency.source, dependency.path, "\"\(dependency.text)\" is listed twice")
                continue
            }
            if members[group]?[dependency.text] != nil || (group == nil && groupSet.contains(dependency.text)) {
                siblings[declaration.key, default: []].append(dependency.text)
                graphs[group, default: DependencyGraph()].connect(name.text, to: dependency)
            } else if let group, group != dependency.text, isTopLevel(dependency.text) {
                graphs[nil, default: DependencyGraph()].connect(group, to: dependency)
            } else {
                reportUnresolved(dependency, of: declaration)
            }
        }
    }

    /// Gives a node what its parts need from the top level.
    private mutating func adoptDependencies(_ declaration: TreeDeclaration) {
        switch declaration.role {
        case .member, .part: break
        case .parent:
            guard let name = declaration.name else { break }
            siblings[declaration.key] = graphs[nil]?.targets(of: name.text)
        }
    }

    private func isTopLevel(_ name: String) -> Bool {
        groupSet.contains(name) || members[nil]?[name] != nil
    }

    private mutating func reportUnresolved(_ dependency: TreeDeclaration.Name, of declaration: TreeDeclaration) {
        let name = dependency.text
        let group = declaration.group?.text
        let message: String
        if name == group {
            message = "\"\(name)\" is the parent of this child itself; allowed: its children, nodes of the top level"
        } else if let owner = groupOfMember[name] {
            message = "\"\(name)\" is inside \"\(owner)\"; allowed from outside: the whole \"\(owner)\""
        } else if hasUnnamed {
            // It may well be the child whose own name is wrong.
            return
        } else {
            let suggestion = problems.isFull ? "" : Suggestion.text(for: name, among: knownNames(group: group))
            let inside = group == nil ? [] : ["another child of the same parent"]
            let outside = members[nil] == nil && groupSet.isEmpty ? [] : ["a child without a group", "a group"]
            message =
                "no child or group is named \"\(name)\"\(suggestion.isEmpty ? ";" : suggestion) "
                + "allowed: \((inside + outside).joined(separator: ", "))"
        }
        problems.report(dependency.source, dependency.path, message)
    }

    /// The names that a child of a group (nil: the top level) may wait for.
    private func knownNames(group: String?) -> Set<String> {
        groupSet.union((members[group] ?? [:]).keys).union((members[nil] ?? [:]).keys)
    }

    private mutating func reportCycles() {
        var reported: Set<String?> = []
        for parent in [nil] + declarations.map({ $0.group?.text }) where reported.insert(parent).inserted {
            for cycle in graphs[parent]?.cycles(limit: ConfigurationProblems.maximumCount) ?? [] {
                problems.report(cycle.closing.source, cycle.closing.path, cycle.message)
            }
        }
    }
}
