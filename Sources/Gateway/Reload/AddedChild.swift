import Supervision
import Workers

/// A child that was added to the running tree, beside those of the configuration.
struct AddedChild: Sendable, Equatable {
    /// The parent.
    let parent: HierarchyPath
    /// The name below that parent.
    let name: String
    /// The siblings that it needs.
    let dependsOn: [String]

    /// Tells why the child could not stay in a tree that is declared anew.
    ///
    /// The engine keeps what was added as long as the declaration as a whole makes sense; one that does not is put off
    /// altogether.
    ///
    /// - Parameters:
    ///   - nodes: all nodes of the new declaration.
    ///   - others: everything that was added.
    /// - Returns: what is wrong and what to do; nil where the child can stay.
    func conflict(with nodes: [HierarchyPath: ChildSpec], others: [AddedChild]) -> String? {
        let path = parent.appending(name)
        let isBelowAnother = others.contains { $0.parent.appending($0.name).isOnTheWay(to: path) && $0 != self }
        if isBelowAnother { return nil }
        guard nodes[parent]?.workerType == ApplicationWorker.type else {
            return "\(path): was added to \(parent), which the configuration no longer has; \(Self.advice)"
        }
        if nodes[path] != nil {
            return "\(path): was added while the gateway ran, and the configuration has a child of this name now; "
                + "rename one of them, or restart the gateway, which forgets what was added"
        }
        let siblings = Set(others.filter { $0.parent == parent }.map(\.name))
        let missing = dependsOn.filter { nodes[parent.appending($0)] == nil && !siblings.contains($0) }
        guard let first = missing.first else { return nil }
        return "\(path): was added and depends on \(first), which the configuration no longer has; \(Self.advice)"
    }

    private static let advice = "keep it, or restart the gateway, which forgets what was added"
}

extension HierarchyPath {
    /// Whether a path leads through this node and further down.
    fileprivate func isOnTheWay(to path: HierarchyPath) -> Bool {
        path.description.hasPrefix(description + "/")
    }
}
