public import Supervision

/// What the children of a worker that holds others together are checked for.
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
        let brokers = Set(children.filter { $0.workerType == RedpandaWorker.type }.map(\.name))
        let first = children.filter { needed.contains($0.name) }
        let leaves = children.filter { !needed.contains($0.name) }
        checks =
            first.flatMap { Self.checks(of: $0, impact: .allWorkers, brokers) }
            + leaves.flatMap { Self.checks(of: $0, impact: .singleWorker, brokers) }
    }

    private static func checks(of child: ChildSpec, impact: Impact, _ brokers: Set<String>) -> [ConsistencyCheck] {
        let own: [ConsistencyCheck] =
            switch child.workerType {
            case RedpandaWorker.type: BrokerChecks.checks(of: child, impact: impact)
            case BenthosWorker.type: FlowChecks.checks(of: child, impact: impact, brokers: brokers)
            // What holds others together has no trouble of its own, and that of its children escalates by itself. A
            // device that is away is repaired at the device.
            case ApplicationWorker.type, ProtocolConverterWorker.type, ConnectionWorker.type: []
            default: ProcessChecks.names.map { .trouble($0, of: child.name, impact: impact) }
            }
        return own + [.stale(child.name, impact: impact)]
    }
}
