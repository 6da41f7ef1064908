import Supervision
import Workers

/// The places in the tree where a program is to run, as far as that is known before the tree is started.
struct WantedPrograms: Sendable {
    /// The places.
    private(set) var paths: Set<HierarchyPath> = []

    /// Finds the places in a tree; below one that is switched off, there are none.
    ///
    /// - Parameters:
    ///   - root: the root of the tree.
    ///   - held: the places that an operator has stopped.
    ///   - runsProgram: whether a kind of worker runs a program.
    init(_ root: ChildSpec, held: Set<HierarchyPath>, runsProgram: (WorkerType) -> Bool) {
        visit(root, at: HierarchyPath(root: root.name), held, runsProgram)
    }

    private mutating func visit(
        _ spec: ChildSpec,
        at path: HierarchyPath,
        _ held: Set<HierarchyPath>,
        _ runsProgram: (WorkerType) -> Bool
    ) {
        guard spec.isEnabled, !held.contains(path) else { return }
        if runsProgram(spec.workerType) { paths.insert(path) }
        let children = (spec.configuration as? any InnerConfiguration)?.children ?? []
        for child in children { visit(child, at: path.appending(child.name), held, runsProgram) }
    }
}
