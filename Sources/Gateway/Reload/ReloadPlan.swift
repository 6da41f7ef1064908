import Supervision
import Workers

/// What is different between two declarations of the whole tree.
struct ReloadPlan: Equatable {
    /// A node that is different.
    struct Change: Equatable {
        /// What is different.
        enum Kind: Equatable {
            case added(ChildSpec)
            case changed(from: ChildSpec, to: ChildSpec)
            case removed(ChildSpec)
        }

        let path: HierarchyPath
        let kind: Kind
    }

    /// All that is different: what is new or another in the order of the new declaration, then what is gone.
    let changes: [Change]

    /// Compares two declarations.
    ///
    /// - Parameters:
    ///   - old: the root as it is.
    ///   - new: the root as it should be, of the same name.
    init(from old: ChildSpec, to new: ChildSpec) {
        let before = old.nodes(), after = new.nodes()
        let (known, wanted) = (ChildSpec.byPath(before), ChildSpec.byPath(after))
        let kept = after.compactMap { path, spec -> Change? in
            guard let earlier = known[path] else { return Change(path: path, kind: .added(spec)) }
            return earlier.own == spec.own ? nil : Change(path: path, kind: .changed(from: earlier, to: spec))
        }
        let gone = before.filter { wanted[$0.path] == nil }.map { Change(path: $0.path, kind: .removed($0.spec)) }
        changes = kept + gone
    }

    /// How many nodes are new, another, and gone.
    var counts: (added: Int, changed: Int, removed: Int) {
        changes.reduce(into: (0, 0, 0)) { counts, change in
            switch change.kind {
            case .added: counts.added += 1
            case .changed: counts.changed += 1
            case .removed: counts.removed += 1
            }
        }
    }

    /// The flows that are new or have another configuration: those that the real program has to check.
    var flows: [(path: HierarchyPath, configuration: BenthosConfiguration)] {
        changes.compactMap { change in change.flow.map { (change.path, $0) } }
    }
}

extension ReloadPlan.Change {
    /// The configuration of a flow that is new or another; nil for anything else.
    fileprivate var flow: BenthosConfiguration? {
        switch kind {
        case .added(let spec): return spec.configuration as? BenthosConfiguration
        case .changed(let old, let new):
            let flow = new.configuration as? BenthosConfiguration
            return flow == old.configuration as? BenthosConfiguration ? nil : flow
        case .removed: return nil
        }
    }
}

extension ChildSpec {
    /// All nodes below this one, each before those below it.
    func nodes() -> [(path: HierarchyPath, spec: ChildSpec)] {
        nodes(at: HierarchyPath(root: name))
    }

    /// Nodes by their paths, which are unique in a declaration that was validated.
    static func byPath(_ nodes: [(path: HierarchyPath, spec: ChildSpec)]) -> [HierarchyPath: ChildSpec] {
        Dictionary(nodes.map { ($0.path, $0.spec) }, uniquingKeysWith: { first, _ in first })
    }

    private func nodes(at path: HierarchyPath) -> [(path: HierarchyPath, spec: ChildSpec)] {
        declaredChildren.flatMap { child in
            let childPath = path.appending(child.name)
            return [(childPath, child)] + child.nodes(at: childPath)
        }
    }

    /// Whether the node runs nothing itself and holds others together.
    var isContainer: Bool { configuration is any InnerConfiguration }

    private var declaredChildren: [ChildSpec] { (configuration as? any InnerConfiguration)?.children ?? [] }

    /// What is said of this node itself, the nodes below aside.
    fileprivate var own: ChildSpec {
        guard isContainer else { return self }
        var own = self
        own.configuration = ApplicationConfiguration(children: [])
        return own
    }
}
