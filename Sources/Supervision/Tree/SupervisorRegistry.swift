/// Makes supervisors and knows all that live, so that the tree's owner can start and stop what goes with them.
///
/// Confined to whoever owns the tree.
final class SupervisorRegistry {
    /// A change that the owner of the tree has to follow up.
    enum Change {
        case created(Supervisor)
        case removed(WorkerIdentity)
    }

    let store: any TriangularStore
    private let factory: WorkerFactory
    private var lastNumber: UInt64
    private var held: Set<WorkerKey>
    private var living: [SupervisorID: Supervisor] = [:]
    private var changes: [Change] = []
    /// Children that were added to a parent from outside; they outlive the parent's replacement.
    var added: [HierarchyPath: Declaration] = [:]

    init(factory: WorkerFactory, store: any TriangularStore, saved: SavedTree = SavedTree()) {
        self.factory = factory
        self.store = store
        lastNumber = saved.lastInstance
        held = saved.held
    }

    /// Makes the place of a child, stopped where an operator has left it so in an earlier run.
    func makeSlot(_ spec: ChildSpec, at path: HierarchyPath) -> ChildSlot {
        ChildSlot(spec, isHeldStopped: held.remove(WorkerKey(type: spec.workerType, path: path)) != nil)
    }

    /// Remembers that an operator has stopped a child whose place is made anew together with its parent.
    func keepHeld(_ key: WorkerKey) { held.insert(key) }

    /// Makes a supervisor with a fresh id, and its worker.
    func make(
        _ spec: ChildSpec,
        path: HierarchyPath,
        slot: ChildSlot,
        parent: Supervisor?,
        at now: Moment
    ) throws -> Supervisor {
        lastNumber += 1
        let identity = WorkerIdentity(id: SupervisorID(number: lastNumber), type: spec.workerType, path: path)
        let signal = ObservationSignal()
        let context = WorkerContext(
            identity: identity,
            dependencies: factory.dependencies,
            store: store,
            signal: signal
        )
        let machine = try factory.make(spec, context: context)
        let supervisor = try Supervisor(
            identity: identity,
            machine: machine,
            signal: signal,
            registry: self,
            createdAt: now,
            parent: parent,
            slot: slot
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
        guard !changes.isEmpty else { return [] }
        defer { changes.removeAll(keepingCapacity: true) }
        return changes
    }
}
