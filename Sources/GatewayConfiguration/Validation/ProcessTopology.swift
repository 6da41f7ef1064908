/// The tree of groups and processes with its dependencies, and what is wrong with it.
///
/// A name in `dependsOn` means a process of the same group, or else a node of the top level: a process without a group,
/// or a group. A member that needs a node of the top level makes its whole group wait for it.
struct ProcessTopology {
    /// Per declaration, the siblings it depends on, each once.
    private(set) var siblings: [[String]]
    /// The groups, in the order of their first appearance.
    private(set) var groups: [ProcessGroup] = []
    private(set) var problems: ProblemList

    private let declarations: [ProcessDeclaration]
    private let hasUnnamed: Bool
    /// Per group (nil: top level), the names of the processes and where each is first declared.
    private var members: [String?: [String: ConfigurationSource]] = [:]
    /// Groups by name, with the place that first names each.
    private var groupNames: [(name: String, place: ProcessDeclaration.Name)] = []
    private var groupSet: Set<String> = []
    /// For names that only exist inside groups, one group that has it.
    private var groupOfMember: [String: String] = [:]
    /// Per parent (nil: top level), the edges between its nodes.
    private var graphs: [String?: DependencyGraph] = [:]

    /// Resolves names, and reports duplicates, unknown names and cycles.
    init(_ declarations: [ProcessDeclaration], problems: ProblemList) {
        self.declarations = declarations
        hasUnnamed = declarations.contains { $0.name == nil }
        self.problems = problems
        siblings = Array(repeating: [], count: declarations.count)
        declareNames()
        for index in declarations.indices { resolve(index) }
        for parent in [nil] + groupNames.map({ Optional($0.name) }) { reportCycles(below: parent) }
        groups = groupNames.map { group in
            ProcessGroup(name: group.name, dependsOn: graphs[nil]?.targets(of: group.name) ?? [])
        }
    }

    private mutating func declareNames() {
        for declaration in declarations {
            if let group = declaration.group, groupSet.insert(group.text).inserted {
                groupNames.append((group.text, group))
            }
            guard let name = declaration.name else { continue }
            let group = declaration.group?.text
            if let first = members[group]?[name.text] {
                let place = group.map { "in group \"\($0)\"" } ?? "at the top level"
                let message = "duplicate name \"\(name.text)\" \(place); it is already used at \(first)"
                problems.report(name.source, name.path, message)
            } else {
                members[group, default: [:]][name.text] = name.source
                if let group { groupOfMember[name.text] = group }
            }
        }
        for group in groupNames {
            guard let process = members[nil]?[group.name] else { continue }
            let message =
                "\"\(group.name)\" is already a process at \(process); groups and processes without a group share names"
            problems.report(group.place.source, group.place.path, message)
        }
    }

    private mutating func resolve(_ index: Int) {
        let declaration = declarations[index]
        guard let name = declaration.name else { return }
        let group = declaration.group?.text
        var seen: Set<String> = []
        for dependency in declaration.dependsOn {
            guard seen.insert(dependency.text).inserted else {
                problems.report(dependency.source, dependency.path, "\"\(dependency.text)\" is listed twice")
                continue
            }
            if members[group]?[dependency.text] != nil || (group == nil && groupSet.contains(dependency.text)) {
                siblings[index].append(dependency.text)
                graphs[group, default: DependencyGraph()].connect(name.text, to: dependency)
            } else if let group, group != dependency.text, isTopLevel(dependency.text) {
                graphs[nil, default: DependencyGraph()].connect(group, to: dependency)
            } else {
                reportUnresolved(dependency, group: group)
            }
        }
    }

    private func isTopLevel(_ name: String) -> Bool {
        groupSet.contains(name) || members[nil]?[name] != nil
    }

    private mutating func reportUnresolved(_ dependency: ProcessDeclaration.Name, group: String?) {
        let name = dependency.text
        let message: String
        if name == group {
            message = "\"\(name)\" is the group of this process itself; allowed: its processes, nodes of the top level"
        } else if let owner = groupOfMember[name] {
            message = "\"\(name)\" is inside group \"\(owner)\"; allowed from outside: the whole group \"\(owner)\""
        } else if hasUnnamed {
            // It may well be the process whose own name is wrong.
            return
        } else {
            let suggestion = problems.isFull ? "" : Suggestion.text(for: name, among: knownNames(group: group))
            let allowed = group == nil ? "" : "another process of the same group, "
            message =
                "no process or group is named \"\(name)\"\(suggestion.isEmpty ? ";" : suggestion) "
                + "allowed: \(allowed)a process without a group, or a group"
        }
        problems.report(dependency.source, dependency.path, message)
    }

    /// The names that a process of a group (nil: the top level) may wait for.
    private func knownNames(group: String?) -> Set<String> {
        groupSet.union((members[group] ?? [:]).keys).union((members[nil] ?? [:]).keys)
    }

    private mutating func reportCycles(below parent: String?) {
        for cycle in graphs[parent]?.cycles(limit: ConfigurationProblems.maximumCount) ?? [] {
            problems.report(cycle.closing.source, cycle.closing.path, cycle.message)
        }
    }
}
