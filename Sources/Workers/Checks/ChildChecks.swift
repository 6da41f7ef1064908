public import Supervision

/// What an application worker's children are checked for.
///
/// The first check that fails is the one that is acted on, so what others depend on comes first: repairing a broker is
/// what repairs the flows that fail because of it.
public struct ChildChecks: Sendable {
    /// The checks, in the order in which they are acted on.
    public let checks: [ConsistencyCheck]

    /// Composes the checks of some children.
    ///
    /// - Parameter children: the children as declared, in their order.
    public init(_ children: [ChildSpec]) {
        let needed = Set(children.flatMap(\.dependsOn))
        let first = children.filter { needed.contains($0.name) }
        let leaves = children.filter { !needed.contains($0.name) }
        checks =
            first.flatMap { Self.checks(of: $0, impact: .allWorkers) }
            + leaves.flatMap { Self.checks(of: $0, impact: .singleWorker) }
    }

    /// An application worker has no trouble of its own: that of its children escalates by itself.
    private static func checks(of child: ChildSpec, impact: Impact) -> [ConsistencyCheck] {
        let names = child.workerType == ApplicationWorker.type ? [] : ProcessChecks.names
        return names.map { .trouble($0, of: child.name, impact: impact) } + [.stale(child.name, impact: impact)]
    }
}
