/// Which node waits for which, among the children of one parent.
struct DependencyGraph {
    /// A cycle: its names with the first one repeated at the end, and the place of the edge that closes it.
    struct Cycle {
        let names: [String]
        let closing: TreeDeclaration.Name

        /// What is wrong; a long cycle is written without its middle.
        var message: String {
            let ends = 8
            let middle = ["(\(names.count - 2 * ends) more)"]
            let shown = names.count > 2 * ends ? names.prefix(ends) + middle + names.suffix(ends) : names[...]
            return "dependency cycle \(shown.joined(separator: " -> ")); remove one of these dependencies"
        }
    }

    private var nodes: [String] = []
    private var edges: [String: [TreeDeclaration.Name]] = [:]
    private var connected: [String: Set<String>] = [:]

    /// Adds an edge, unless the same two nodes are connected already.
    mutating func connect(_ name: String, to target: TreeDeclaration.Name) {
        if edges[name] == nil { nodes.append(name) }
        if connected[name, default: []].insert(target.text).inserted {
            edges[name, default: []].append(target)
        }
    }

    /// What a node waits for.
    func targets(of name: String) -> [String] {
        (edges[name] ?? []).map(\.text)
    }

    /// Finds a cycle for every edge that leads back to a node on the way to it.
    ///
    /// Depth-first search with its own stack, so that a chain of thousands does not exhaust the thread's.
    ///
    /// - Parameter limit: How many cycles are enough.
    /// - Returns: The cycles in the order in which their nodes were connected.
    func cycles(limit: Int) -> [Cycle] {
        var cycles: [Cycle] = []
        var finished: Set<String> = []
        for root in nodes where !finished.contains(root) {
            var trail = [(name: root, next: 0)]
            var position = [root: 0]
            while let (name, next) = trail.last {
                guard let targets = edges[name], next < targets.count else {
                    finished.insert(name)
                    position[name] = nil
                    trail.removeLast()
                    continue
                }
                trail[trail.count - 1].next += 1
                let target = targets[next]
                if let start = position[target.text] {
                    guard cycles.count < limit else { return cycles }
                    let names = trail[start...].map(\.name) + [target.text]
                    cycles.append(Cycle(names: names, closing: target))
                } else if !finished.contains(target.text) {
                    position[target.text] = trail.count
                    trail.append((target.text, 0))
                }
            }
        }
        return cycles
    }
}
