/// Runs a tree of supervisors: ticks it, starts and stops its collectors, carries out its actions, and keeps its
/// documents in the store.
///
/// All of the tree is confined to this actor, and everything it decides is synchronous, so a tick is never interleaved
/// with another. Create one, call ``run()`` once, and end it with ``shutDown()``.
public actor SupervisionTree<C: SupervisionClock> {
    private let factory: WorkerFactory
    private let store: any TriangularStore
    private let settings: SupervisionSettings
    private let clock: C
    private let observer: any SupervisionObserver
    private let generator: SplitMix64
    private let pace: WakeableSleep<C>
    private let journal: StoreJournal
    private var rootSpec: ChildSpec
    private var isStopping = false
    private var live: Live?

    /// What exists between the beginning of ``run()`` and its end.
    private struct Live {
        let root: ChildSlot
        let registry: SupervisorRegistry
        let executor: ActionExecutor<C>
        let collectors: CollectorPool<C>
        let context: TickContext
    }

    /// Creates a tree; nothing runs before ``run()``.
    ///
    /// - Parameters:
    ///   - root: the specification of the root worker, which declares all others.
    ///   - factory: knows how to make every worker type that occurs in the tree.
    ///   - store: keeps the documents of all workers.
    ///   - settings: times and sizes.
    ///   - clock: the source of time.
    ///   - observer: is told everything that happens.
    ///   - generator: the source of randomness, for jitter.
    public init(
        root: ChildSpec,
        factory: WorkerFactory,
        store: any TriangularStore,
        settings: SupervisionSettings,
        clock: C,
        observer: any SupervisionObserver,
        generator: SplitMix64 = SplitMix64()
    ) {
        self.factory = factory
        self.store = store
        self.settings = settings
        self.clock = clock
        self.observer = observer
        self.generator = generator
        rootSpec = root
        pace = WakeableSleep(clock: clock)
        journal = StoreJournal(store: store)
    }

    /// Runs the tree until ``shutDown()`` was called and nothing of it runs any more, or the task is cancelled.
    ///
    /// Cancellation ends the supervision at once and leaves what runs running: end a tree with ``shutDown()``.
    ///
    /// - Throws: an error of the store when what an earlier run has left cannot be read, or ``SupervisionError`` when
    ///   the root cannot be made; nothing was started then.
    public func run() async throws {
        let saved = try await SavedTree(from: store)
        let live = makeLive(saved)
        self.live = live
        tickNow()
        if let failed = live.root.failedCreation { throw SupervisionError(.rootFailed, failed.error) }
        forgetUndeclared(saved, live)
        let journal = self.journal
        let writing = Task { [weak self] in
            await journal.run { [weak self] ids in await self?.documented(ids) }
        }
        await tickUntilDone()
        await live.executor.shutdown()
        let race = ActionRace(clock: clock, deadline: clock.now.advanced(by: settings.actionGrace), grace: .zero)
        let collectors = live.collectors.stopAll()
        // A collector that ignores its cancellation holds nobody.
        _ = await race.run { for collector in collectors { await collector.value } }
        self.live = nil
        journal.close()
        await writing.value
    }

    /// Begins to stop everything, dependents before what they depend on; ``run()`` returns when all is stopped.
    public func shutDown() {
        isStopping = true
        live?.executor.cancelAll()
        tickNow()
    }

    /// Describes the tree as it is now, or returns nil before ``run()``.
    public func report() -> NodeReport? {
        guard let live else { return nil }
        live.context.now = clock.now
        return live.root.report(
            live.context,
            path: HierarchyPath(root: rootSpec.name),
            wanted: rootTarget(live),
            waitingFor: []
        )
    }

    /// Starts, stops or restarts a child, or closes its circuit; the tree follows after the return.
    ///
    /// - Parameters:
    ///   - command: what to do; returns when the store has it, so that it outlives a loss of power.
    ///   - path: the child's path from the root.
    /// - Throws: ``SupervisionError`` with ``SupervisionError/Code/childNotDeclared``.
    public func perform(_ command: OperatorCommand, on path: HierarchyPath) async throws(SupervisionError) {
        let (live, slot) = try locate(path)
        live.context.now = clock.now
        slot.apply(command, live.context)
        tickNow()
        await journal.settle()
    }

    /// Replaces the specification of the root, and with it what all others derive from: only children whose own
    /// specification has changed are touched.
    ///
    /// - Parameter root: the new specification; its name must be the old one.
    public func update(root: ChildSpec) {
        rootSpec = root
        guard let live else { return }
        live.context.now = clock.now
        live.root.update(root, live.context)
        tickNow()
    }

    /// Adds children to a parent, beside those that the parent declares itself; they stay until the tree ends.
    ///
    /// - Parameters:
    ///   - children: the specifications.
    ///   - checks: what they are checked for, after what the parent checks.
    ///   - path: the parent's path from the root.
    /// - Throws: ``SupervisionError`` when the parent is not declared, a name is taken, or the dependencies do not work
    ///   out; nothing has changed then.
    public func add(
        _ children: [ChildSpec],
        checks: [ConsistencyCheck] = [],
        to path: HierarchyPath
    ) throws(SupervisionError) {
        let (live, slot) = try locate(path)
        guard let parent = slot.supervisor else {
            throw SupervisionError(.childNotDeclared, "\(path) could not be made and takes no children; see its error")
        }
        let old = live.registry.added[path]
        live.registry.added[path] = Declaration(
            children: (old?.children ?? []) + children,
            checks: (old?.checks ?? []) + checks
        )
        live.context.now = clock.now
        do throws(SupervisionError) {
            try parent.redeclareChildren(live.context)
        } catch {
            live.registry.added[path] = old
            throw error
        }
        tickNow()
    }

    private func makeLive(_ saved: SavedTree) -> Live {
        let registry = SupervisorRegistry(factory: factory, store: store, saved: saved)
        let executor = ActionExecutor(settings: settings, clock: clock) { [weak self] request, outcome in
            await self?.actionEnded(request, outcome)
        }
        let collectors = CollectorPool(
            settings: settings,
            clock: clock,
            observer: observer,
            onNews: { [weak self] in await self?.react($0) },
            onEnd: { [weak self] in await self?.collectorEnded($0) }
        )
        let outlets = TickContext.Outlets(
            enqueue: executor.enqueue,
            cancelAction: executor.cancel,
            persist: { [journal] in journal.append($0, for: $1) },
            emit: observer.record
        )
        let context = TickContext(
            now: clock.now,
            settings: settings,
            generator: generator,
            outlets: outlets
        )
        let root = registry.makeSlot(rootSpec, at: HierarchyPath(root: rootSpec.name))
        return Live(root: root, registry: registry, executor: executor, collectors: collectors, context: context)
    }

    /// Takes the documents of workers away that an earlier run had and this one does not declare.
    private func forgetUndeclared(_ saved: SavedTree, _ live: Live) {
        for key in saved.known {
            let names = key.path.components
            if names.first.map(String.init) == rootSpec.name, live.root.declares(names.dropFirst()) { continue }
            live.context.persist(.remove(key))
        }
        journal.wake()
    }

    private func locate(_ path: HierarchyPath) throws(SupervisionError) -> (Live, ChildSlot) {
        let names = path.components
        if let live, names.first.map(String.init) == rootSpec.name, let slot = live.root.locate(names.dropFirst()) {
            return (live, slot)
        }
        throw SupervisionError(.childNotDeclared, "child \(path) not declared; see the paths in the status")
    }

    private func rootTarget(_ live: Live) -> DesiredState {
        isStopping ? .stopped : live.root.wanted(parentTarget: .running, parentState: "")
    }

    private var isDone: Bool { isStopping && live?.root.isAtRest ?? true }

    /// Ticks at a steady pace: a tick that comes late does not move the ones after it, one that takes too long does.
    private func tickUntilDone() async {
        var due = clock.now
        while !Task.isCancelled, !isDone {
            due = due.advanced(by: settings.tickInterval)
            await pace.sleep(until: due)
            let start = clock.now
            let delay = max(.zero, due.duration(to: start))
            tickNow()
            if let live { live.collectors.watch(live.registry, at: start) }
            let end = clock.now
            let overran = end > due.advanced(by: settings.tickInterval)
            if overran { due = end }
            let waiting = live?.executor.waitingCount ?? 0
            observer.record(
                .ticked(delay: delay, duration: start.duration(to: end), overran: overran, waitingActions: waiting))
        }
    }

    private func tickNow() {
        guard let live else { return }
        live.context.now = clock.now
        if live.root.reconcile(live.registry, parent: nil, live.context) {
            live.root.supervisor?.tick(target: rootTarget(live), live.context)
        }
        follow(live)
    }

    private func react(_ id: SupervisorID) {
        guard let live, let supervisor = live.registry.supervisor(id) else { return }
        live.context.now = clock.now
        supervisor.react(live.context)
        follow(live)
    }

    /// Follows up what a tick or a reaction has changed.
    private func follow(_ live: Live) {
        for change in live.registry.drainChanges() {
            switch change {
            case .created(let supervisor): live.collectors.start(supervisor)
            case .removed(let identity): live.collectors.stop(identity.id)
            }
        }
        journal.wake()
        if isDone { pace.wake() }
    }

    private func actionEnded(_ request: ActionRequest, _ outcome: ActionOutcome) {
        guard let live, let supervisor = live.registry.supervisor(request.supervisor) else { return }
        live.context.now = clock.now
        observer.record(.actionCompleted(supervisor.identity, outcome))
        supervisor.actionEnded(outcome, live.context)
        // What the action has changed is looked at before the next decision; the collector's news brings that about.
        live.collectors.collectNow(request.supervisor)
    }

    private func documented(_ ids: [SupervisorID]) {
        guard let live else { return }
        for id in ids { live.registry.supervisor(id)?.machine.documented() }
        for id in ids { react(id) }
    }

    private func collectorEnded(_ number: Int) {
        live?.collectors.ended(number)
    }
}
