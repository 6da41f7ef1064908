/// The dependencies among children that are declared together, and what is wrong with them.
struct SiblingDependencies {
    private(set) var problems: ProblemList
    private let siblings: Set<String>
    private var names: [String: ConfigurationSource] = [:]
    private var graph = DependencyGraph()

    /// Checks names and dependencies.
    ///
    /// - Parameters:
    ///   - declarations: The children of one parent.
    ///   - siblings: The names of children that the parent has already.
    ///   - problems: The problems so far.
    init(_ declarations: [ChildDeclaration], siblings: Set<String>, problems: ProblemList) {
        self.problems = problems
        self.siblings = siblings
        let parts = declarations.map { TreeDeclaration($0.subject, noun: "a child") }
        for name in parts.compactMap(\.name) { declare(name) }
        let hasUnnamed = parts.contains { $0.name == nil }
        for part in parts { resolve(part, hasUnnamed: hasUnnamed) }
        for cycle in graph.cycles(limit: ConfigurationProblems.maximumCount) {
            self.problems.report(cycle.closing.source, cycle.closing.path, cycle.message)
        }
    }

    private mutating func declare(_ name: TreeDeclaration.Name) {
        if let first = names[name.text] {
            let message = "duplicate name \"\(name.text)\"; it is already used at \(first)"
            problems.report(name.source, name.path, message)
        } else {
            names[name.text] = name.source
        }
    }

    private mutating func resolve(_ child: TreeDeclaration, hasUnnamed: Bool) {
        var seen: Set<String> = []
        for dependency in child.dependsOn {
            if !seen.insert(dependency.text).inserted {
                problems.report(dependency.source, dependency.path, "\"\(dependency.text)\" is listed twice")
            } else if names[dependency.text] != nil {
                if let name = child.name { graph.connect(name.text, to: dependency) }
            } else if !siblings.contains(dependency.text), !hasUnnamed {
                reportUnknown(dependency)
            }
        }
    }

    private mutating func reportUnknown(_ dependency: TreeDeclaration.Name) {
        let suggestion =
            problems.isFull ? "" : Suggestion.text(for: dependency.text, among: siblings.union(names.keys))
        let message = "no sibling is named \"\(dependency.text)\"\(suggestion.isEmpty ? ";" : suggestion)"
        problems.report(dependency.source, dependency.path, "\(message) allowed: names of children of the same parent")
    }
}
