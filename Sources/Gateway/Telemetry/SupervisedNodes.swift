import Supervision

/// What is known of one node of the tree, as far as it decides which series exist.
struct SupervisedNode: Equatable {
    let path: HierarchyPath
    var type: WorkerType
    /// The names of the nodes below.
    var children: Set<String> = []
    /// What its children are checked for.
    var checks: Set<CheckLabel> = []
    /// Whether a supervisor is in the node's place; none is while it is being replaced.
    var isLive = false
    /// Whether the last observation is too old to act on.
    var isStale = false
}

/// The nodes of the tree as events tell of them: what has to have series, and what no longer has.
///
/// Bounded by the tree: a node that has gone for good is forgotten together with all below it.
struct SupervisedNodes {
    /// What has gone for good.
    struct Departure: Equatable {
        /// Nodes with everything that they had.
        var nodes: [SupervisedNode] = []
        /// Names of children that a node has no longer.
        var children: [HierarchyPath: Set<String>] = [:]
        /// Checks that a node has no longer.
        var checks: [HierarchyPath: Set<CheckLabel>] = [:]
    }

    private var nodes: [HierarchyPath: SupervisedNode] = [:]
    /// The number of nodes in whose place a supervisor is.
    private(set) var liveCount = 0
    /// The number of nodes whose last observation is too old to act on.
    private(set) var staleCount = 0
    /// How many live nodes there are on each level, the root's first: a tree of a thousand is not counted anew for
    /// every node.
    private var levels: [Int] = []

    /// The number of levels of the tree; 1 for a root alone.
    var depth: Int { (levels.lastIndex { $0 > 0 } ?? -1) + 1 }

    /// A node, or nil for one that is not known.
    private(set) subscript(path: HierarchyPath) -> SupervisedNode? {
        get { nodes[path] }
        set {
            if let old = nodes[path] { count(old, by: -1) }
            if let newValue { count(newValue, by: 1) }
            nodes[path] = newValue
        }
    }

    /// Takes note of what a fresh or changed node declares.
    ///
    /// - Returns: what has gone because it is not declared any more; a child that still lives goes when it is removed.
    mutating func declare(_ identity: WorkerIdentity, children: [String], checks: [CheckLabel]) -> Departure {
        let old = nodes[identity.path]
        let new = SupervisedNode(
            path: identity.path,
            type: identity.type,
            children: Set(children),
            checks: Set(checks),
            isLive: true,
            isStale: old?.isLive == true && old?.isStale == true
        )
        self[identity.path] = new
        guard let old else { return Departure() }
        // Another kind of worker has other states and actions.
        var departure = Departure(nodes: old.type == new.type ? [] : [old])
        let dropped = old.children.subtracting(new.children)
        if !dropped.isEmpty { departure.children[identity.path] = dropped }
        for child in dropped.sorted() {
            let path = identity.path.appending(child)
            if nodes[path]?.isLive == false { departure.nodes += forget(path) }
        }
        let checks = old.checks.subtracting(new.checks)
        if !checks.isEmpty { departure.checks[identity.path] = checks }
        return departure
    }

    /// Takes note of a node whose supervisor was taken out of the tree.
    ///
    /// - Returns: what has gone with it.
    mutating func remove(_ path: HierarchyPath, isFinal: Bool) -> Departure {
        self[path]?.isLive = false
        self[path]?.isStale = false
        guard isFinal else { return Departure() }
        var departure = Departure(nodes: forget(path))
        guard let parent = path.parent, var above = self[parent] else { return departure }
        let checks = above.checks.filter { $0.child == path.name }
        if above.children.remove(path.name) != nil { departure.children[parent] = [path.name] }
        if !checks.isEmpty { departure.checks[parent] = checks }
        above.checks.subtract(checks)
        self[parent] = above
        return departure
    }

    /// Takes note of the age of a node's last observation.
    mutating func setStale(_ path: HierarchyPath, _ isStale: Bool) {
        self[path]?.isStale = isStale
    }

    private mutating func forget(_ path: HierarchyPath) -> [SupervisedNode] {
        guard let node = self[path] else { return [] }
        self[path] = nil
        return [node] + node.children.sorted().flatMap { forget(path.appending($0)) }
    }

    private mutating func count(_ node: SupervisedNode, by amount: Int) {
        guard node.isLive else { return }
        liveCount += amount
        if node.isStale { staleCount += amount }
        let level = node.path.components.count
        if levels.count < level { levels += [Int](repeating: 0, count: level - levels.count) }
        if level > 0 { levels[level - 1] += amount }
    }
}
