/// A declared child, whether or not a supervisor for it exists at the moment.
///
/// Confined to whoever owns the tree.
final class ChildSlot {
    /// Why a child's supervisor is being stopped for good.
    enum Retirement: Equatable {
        /// A fresh supervisor made from the same specification takes its place.
        case replace
        /// Nothing takes its place.
        case remove
    }

    /// A creation that failed, and when it is tried again.
    struct FailedCreation {
        let error: String
        let attempts: Int
        let retryAt: Moment
    }

    private(set) var spec: ChildSpec
    private(set) var supervisor: Supervisor?
    private(set) var retirement: Retirement?
    private(set) var failedCreation: FailedCreation?
    /// Whether an operator has stopped the child.
    var isHeldStopped: Bool
    /// Whether the child's dependencies have been ready since it was last told to start: from then on it is restarted
    /// without waiting for them again.
    var isReleased = false
    /// Whether the child is acted on although the circuit is open: it is what the recovery works on.
    var isUnderRepair = false
    /// How long the child's instances were ready before they failed.
    var relapses = RelapseHistory()
    /// How long a child that could not be made is left alone.
    private static let creationBackoff = Backoff()

    init(_ spec: ChildSpec, isHeldStopped: Bool) {
        self.spec = spec
        self.isHeldStopped = isHeldStopped
    }

    var isAtRest: Bool { supervisor?.isAtRest ?? true }

    var isReady: Bool { supervisor?.isReady ?? false }

    /// How the child stands, as far as its siblings and its parent are concerned.
    var standing: Siblings.Standing {
        Siblings.Standing(
            state: supervisor?.machine.condition.state ?? "failed",
            isWanted: spec.isEnabled && !isHeldStopped && retirement != .remove,
            isReady: isReady,
            isAtRest: isAtRest,
            isAiling: supervisor?.isAiling ?? false,
            hasEscalated: supervisor?.health.circuit.isEscalated ?? false
        )
    }

    /// Whether the child is to stay: no operator has stopped it, and it is not being replaced or removed.
    var isSteady: Bool { spec.isEnabled && !isHeldStopped && retirement == nil }

    /// Whether the child is acted on although its parent holds the children back.
    var isExempt: Bool { isUnderRepair || !isSteady }

    /// How long a fresh instance may take to become ready: as long as the slowest of those below it.
    var startupGrace: Duration {
        supervisor?.slots.reduce(spec.startupGrace) { max($0, $1.startupGrace) } ?? spec.startupGrace
    }

    /// What the child should do, its dependencies aside.
    ///
    /// - Parameters:
    ///   - parentTarget: what the parent should do: nothing runs below a parent that should stop.
    ///   - parentState: the parent's state, for the child's state mapping.
    /// - Returns: running or stopped.
    func wanted(parentTarget: DesiredState, parentState: @autoclosure () -> String) -> DesiredState {
        guard isSteady, parentTarget == .running else { return .stopped }
        return spec.stateMapping.isEmpty ? .running : spec.stateMapping[parentState()] ?? .running
    }

    /// Makes the child's supervisor where there is none, and finishes a retirement once nothing of the child runs.
    ///
    /// - Returns: false when the child is gone for good.
    func reconcile(_ registry: SupervisorRegistry, parent: Supervisor?, _ context: TickContext) -> Bool {
        if let retirement, isAtRest {
            if let supervisor { remove(supervisor, isFinal: retirement == .remove, registry, context) }
            switch retirement {
            case .replace: self.retirement = nil
            case .remove: return false
            }
        }
        if supervisor == nil { create(registry, parent, context) }
        return true
    }

    /// Begins to replace the child; asking again before that is done changes nothing.
    func restart(_ context: TickContext) {
        failedCreation = nil
        guard let supervisor else { return }
        context.emit(.restartRequested(supervisor.identity, isDuplicate: retirement != nil))
        guard retirement == nil else { return }
        retirement = .replace
        context.cancelAction(supervisor.identity.path)
    }

    /// Begins to take the child away for good.
    func remove() { retirement = .remove }

    /// Takes over a changed specification: the worker follows it, or is replaced where it cannot.
    func update(_ new: ChildSpec, _ context: TickContext) {
        let old = spec
        spec = new
        // Declared again before it was gone.
        if retirement == .remove { retirement = .replace }
        guard new != old else { return }
        failedCreation = nil
        guard let supervisor, retirement == nil else { return }
        let isSame = new.workerType == old.workerType
        let mayFollow =
            isSame && (new.configuration.isEqual(to: old.configuration) || supervisor.machine.follow(new.configuration))
        if !mayFollow { restart(context) }
    }

    /// Takes the child out together with the parent above it; nothing of both runs any more.
    func dismantle(_ registry: SupervisorRegistry, isFinal: Bool, _ context: TickContext) {
        guard let supervisor else { return }
        if isHeldStopped, !isFinal { registry.keepHeld(supervisor.identity.key) }
        remove(supervisor, isFinal: isFinal, registry, context)
    }

    private func create(_ registry: SupervisorRegistry, _ parent: Supervisor?, _ context: TickContext) {
        if let failedCreation, context.now < failedCreation.retryAt { return }
        let path = parent?.identity.path.appending(spec.name) ?? HierarchyPath(root: spec.name)
        do {
            let child = try registry.make(spec, path: path, slot: self, parent: parent, at: context.now)
            supervisor = child
            failedCreation = nil
            context.persist(.put(child.identity.document), for: nil)
            context.persist(
                .put(child.machine.desiredDocument(isHeldStopped ? .stopped : .running)), for: child.identity.id)
            context.emit(
                .childCreated(child.identity, children: child.slots.map(\.spec.name), checks: child.checkLabels))
        } catch {
            let attempts = failedCreation?.attempts ?? 0
            let delay = Self.creationBackoff.delay(afterAttempts: attempts)
            failedCreation = FailedCreation(
                error: String(describing: error),
                attempts: attempts + 1,
                retryAt: context.now.advanced(by: delay)
            )
            context.emit(.childCreationFailed(path, error: String(describing: error), retryAfter: delay))
        }
    }

    private func remove(
        _ retired: Supervisor,
        isFinal: Bool,
        _ registry: SupervisorRegistry,
        _ context: TickContext
    ) {
        supervisor = nil
        isReleased = false
        retired.dismantle(isFinal: isFinal, context)
        if isFinal { context.persist(.remove(retired.identity.key)) }
        registry.remove(retired.identity)
        context.emit(.childRemoved(retired.identity, isFinal: isFinal))
    }
}
