/// Makes supervisors and knows all that live, so that the tree's owner can start and stop what goes with them.
///
/// Confined to whoever owns the tree.
final class SupervisorRegistry {
    /// A change that the owner of the tree has to follow up.
    enum Change {
        case created(Supervisor)
        case removed(WorkerIdentity)
    }

    private let factory: WorkerFactory
    private var lastNumber: UInt64 = 0
    private var living: [SupervisorID: Supervisor] = [:]
    private var changes: [Change] = []

    init(factory: WorkerFactory) {
        self.factory = factory
    }

    /// Makes a supervisor with a fresh id, and its worker.
    func make(_ spec: ChildSpec, path: HierarchyPath, parent: Supervisor?) throws -> Supervisor {
        lastNumber += 1
        let identity = WorkerIdentity(id: SupervisorID(lastNumber), type: spec.workerType, path: path)
        let signal = ObservationSignal()
        let machine = try factory.make(spec, context: WorkerContext(identity: identity, signal: signal))
        let supervisor = try Supervisor(
            identity: identity,
            machine: machine,
            signal: signal,
            registry: self,
            parent: parent
        )
        living[identity.id] = supervisor
        changes.append(.created(supervisor))
        return supervisor
    }

    /// Forgets a supervisor that was taken out of the tree.
    func remove(_ identity: WorkerIdentity) {
        living[identity.id] = nil
        changes.append(.removed(identity))
    }

    func supervisor(_ id: SupervisorID) -> Supervisor? {
        living[id]
    }

    /// Returns what has changed since the last call.
    func drainChanges() -> [Change] {
        defer { changes.removeAll(keepingCapacity: true) }
        return changes
    }
}
