/// Runs a tree of supervisors: ticks it, starts and stops its collectors, and carries out its actions.
///
/// All of the tree is confined to this actor, and everything it decides is synchronous, so a tick is never interleaved
/// with another. Create one, call ``run()`` once, and end it with ``shutDown()``.
public actor SupervisionTree<C: SupervisionClock> {
    private let registry: SupervisorRegistry
    private let rootSpec: ChildSpec
    private let settings: SupervisionSettings
    private let clock: C
    private let observer: any SupervisionObserver
    private let pace: WakeableSleep<C>
    private var generator: SplitMix64
    private var executor: ActionExecutor<C>?
    private var root: Supervisor?
    private var target = DesiredState.running
    private var collectors: [SupervisorID: (collector: Collector<C>, task: Task<Void, Never>)] = [:]

    /// Creates a tree; nothing runs before ``run()``.
    ///
    /// - Parameters:
    ///   - root: the specification of the root worker, which declares all others.
    ///   - factory: knows how to make every worker type that occurs in the tree.
    ///   - settings: times and sizes.
    ///   - clock: the source of time.
    ///   - observer: is told everything that happens.
    ///   - generator: the source of randomness, for jitter.
    public init(
        root: ChildSpec,
        factory: WorkerFactory,
        settings: SupervisionSettings,
        clock: C,
        observer: any SupervisionObserver,
        generator: SplitMix64 = SplitMix64()
    ) {
        rootSpec = root
        registry = SupervisorRegistry(factory: factory)
        self.settings = settings
        self.clock = clock
        self.observer = observer
        self.generator = generator
        pace = WakeableSleep(clock: clock)
    }

    /// Runs the tree until ``shutDown()`` was called and nothing of it runs any more, or the task is cancelled.
    ///
    /// Cancellation ends the supervision at once and leaves what runs running: end a tree with ``shutDown()``.
    ///
    /// - Throws: ``SupervisionError`` when the root cannot be made; nothing was started then.
    public func run() async throws {
        let executor = ActionExecutor(settings: settings, clock: clock) { [weak self] request, outcome in
            await self?.actionEnded(request, outcome)
        }
        self.executor = executor
        let root = try registry.make(rootSpec, path: HierarchyPath(root: rootSpec.name), parent: nil)
        self.root = root
        observer.record(.childCreated(root.identity, children: root.slots.map(\.spec.name)))
        await tickUntilDone(root)
        await executor.shutdown()
        let tasks = collectors.values.map(\.task)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    /// Begins to stop everything, dependents before what they depend on; ``run()`` returns when all is stopped.
    public func shutDown() {
        target = .stopped
        tickNow()
    }

    /// Describes the tree as it is now, or returns nil before ``run()``.
    public func report() -> NodeReport? {
        root?.report(makeContext(), wanted: target)
    }

    /// Starts, stops or restarts a child.
    ///
    /// - Parameters:
    ///   - command: what to do; returns at once, the tree follows.
    ///   - path: the child's path from the root.
    /// - Throws: ``SupervisionError`` with ``SupervisionError/Code/childNotDeclared``.
    public func perform(_ command: OperatorCommand, on path: HierarchyPath) throws(SupervisionError) {
        let names = path.components
        guard let root, names.first.map(String.init) == rootSpec.name, let found = root.locate(names.dropFirst()) else {
            throw SupervisionError(.childNotDeclared, "child \(path) not declared; see the paths in the status")
        }
        found.parent.apply(command, to: found.index)
        tickNow()
    }

    private func tickUntilDone(_ root: Supervisor) async {
        var due = clock.now
        while !Task.isCancelled {
            let start = clock.now
            tickNow()
            let end = clock.now
            due = due.advanced(by: settings.tickInterval)
            let overran = end > due
            if overran { due = end.advanced(by: settings.tickInterval) }
            let waiting = executor?.waitingCount ?? 0
            observer.record(.ticked(duration: start.duration(to: end), overran: overran, waitingActions: waiting))
            if isDone(root) { return }
            await pace.sleep(until: due)
        }
    }

    private func isDone(_ root: Supervisor) -> Bool {
        target == .stopped && root.isAtRest
    }

    private func tickNow() {
        guard let root else { return }
        root.tick(target: target, makeContext())
        followChanges()
        if isDone(root) { pace.wake() }
    }

    private func react(_ id: SupervisorID) {
        guard let root, let supervisor = registry.supervisor(id) else { return }
        supervisor.react(makeContext())
        followChanges()
        if isDone(root) { pace.wake() }
    }

    private func makeContext() -> TickContext {
        TickContext(
            now: clock.now,
            enqueue: { [executor] in executor?.enqueue($0) ?? .shuttingDown },
            entropy: { self.generator.next() },
            emit: observer.record
        )
    }

    private func actionEnded(_ request: ActionRequest, _ outcome: ActionOutcome) {
        guard let supervisor = registry.supervisor(request.supervisor) else { return }
        observer.record(.actionCompleted(supervisor.identity, outcome))
        supervisor.machine.actionEnded(outcome)
        // What the action has changed is looked at before the next decision; the collector's news brings that about.
        collectors[request.supervisor]?.collector.collectNow()
    }

    private func followChanges() {
        for change in registry.drainChanges() {
            switch change {
            case .created(let supervisor): startCollector(of: supervisor)
            case .removed(let identity): collectors[identity.id]?.task.cancel()
            }
        }
    }

    private func startCollector(of supervisor: Supervisor) {
        let id = supervisor.identity.id
        let collector = Collector(
            subject: Collector<C>.Subject(identity: supervisor.identity, collect: supervisor.machine.subject),
            interval: settings.collectorInterval,
            clock: clock,
            observer: observer
        )
        // Weak: the worker holds the signal, and the collector holds the worker.
        supervisor.signal.connect { [weak collector] in collector?.collectNow() }
        let follow: @Sendable () async -> Void = { [weak self] in await self?.react(id) }
        let task = Task { [weak self] in
            await collector.run(onNews: follow)
            await self?.collectorEnded(id)
        }
        collectors[id] = (collector, task)
    }

    /// Forgets a collector once it has really ended: until then `run()` has it to wait for.
    private func collectorEnded(_ id: SupervisorID) {
        collectors[id] = nil
    }
}
