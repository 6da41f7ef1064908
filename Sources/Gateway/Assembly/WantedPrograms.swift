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
    ///   - catalog: knows which workers run programs.
    ///   - held: the places that an operator has stopped.
    init(_ root: ChildSpec, catalog: WorkerCatalog, held: Set<HierarchyPath>) {
        visit(root, at: HierarchyPath(root: root.name), catalog, held)
    }

    private mutating func visit(
        _ spec: ChildSpec,
        at path: HierarchyPath,
        _ catalog: WorkerCatalog,
        _ held: Set<HierarchyPath>
    ) {
        guard spec.isEnabled, !held.contains(path) else { return }
        if catalog.entry(spec.workerType)?.runsProgram == true { paths.insert(path) }
        for child in children(of: spec) { visit(child, at: path.appending(child.name), catalog, held) }
    }

    private func children(of spec: ChildSpec) -> [ChildSpec] {
        switch spec.configuration {
        case let application as ApplicationConfiguration: application.children
        case let converter as ProtocolConverterConfiguration: converter.children
        default: []
        }
    }
}
