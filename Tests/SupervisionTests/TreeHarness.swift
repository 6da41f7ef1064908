@testable import Supervision
import SupervisionTesting

/// A tree that a test ticks by hand: actions run and observations are made when the test says so, in one thread.
final class TreeHarness: SupervisionObserver, @unchecked Sendable {
    // Unchecked: the harness and the tree below it are used by one test on one thread.
    private(set) var now = Moment.start
    private(set) var events: [SupervisionEvent] = []
    let store = RecordingStore()
    var settings: SupervisionSettings
    var target = DesiredState.running
    var admission: ActionAdmission?
    /// Paths whose actions do not run when the others do.
    var hung: Set<String> = []
    /// Looks at every action that is offered, before it is taken or refused.
    var onOffer: ((ActionRequest) -> Void)?
    let registry: SupervisorRegistry
    private var pending: [ActionRequest] = []
    private var rootSlot: ChildSlot
    private(set) lazy var context = makeContext()

    convenience init(
        _ children: [ChildSpec],
        world: ScriptedWorld = ScriptedWorld(),
        checks: [ConsistencyCheck] = [],
        saved: SavedTree = SavedTree(),
        settings: SupervisionSettings = .forTests
    ) {
        let root = ChildSpec.scripted("gateway", world, children: children, checks: checks)
        self.init(root: root, saved: saved, settings: settings)
    }

    init(root: ChildSpec, saved: SavedTree = SavedTree(), settings: SupervisionSettings = .forTests) {
        self.settings = settings
        var factory = WorkerFactory()
        factory.register(ScriptedWorker.self) { ScriptedWorker(context: $0, configuration: $1) }
        registry = SupervisorRegistry(factory: factory, store: store, saved: saved)
        rootSlot = registry.makeSlot(root, at: HierarchyPath(root: root.name))
    }

    func record(_ event: SupervisionEvent) {
        events.append(event)
    }

    func forgetEvents() {
        events = []
    }

    /// The names of the actions that were taken, as `path action`.
    var enqueued: [String] {
        events.compactMap { event in
            guard case .actionEnqueued(let identity, let action, _) = event else { return nil }
            return "\(identity.path.name) \(action)"
        }
    }

    /// What circuits did, with the times in seconds, the still-open reports left out.
    var circuitChanges: [CircuitRecord] {
        records.filter { $0.change != .stillOpen }
    }

    private(set) var records: [CircuitRecord] = []

    struct CircuitRecord {
        let at: Duration
        let path: String
        let change: CircuitChange
        let report: CircuitReport
    }

    private func makeContext() -> TickContext {
        let outlets = TickContext.Outlets(
            enqueue: { [unowned self] request in
                onOffer?(request)
                if let admission { return admission }
                pending.append(request)
                return .accepted
            },
            cancelAction: { [unowned self] path in cancel(path) },
            persist: { [unowned self] change, id in
                changes.append(change)
                if let id { undocumented.append(id) }
            },
            emit: { [unowned self] event in
                record(event)
                if case .circuit(let identity, let change, let report) = event {
                    records.append(
                        CircuitRecord(
                            at: now.sinceStart, path: identity.path.description, change: change, report: report))
                }
            }
        )
        return TickContext(now: now, settings: settings, generator: SplitMix64(seed: 0), outlets: outlets)
    }

    private(set) var changes: [StoreChange] = []
    private var undocumented: [SupervisorID] = []
    /// Whether the store takes changes at once.
    var isStoreQuick = true

    /// Moves the time on, observes every worker, and ticks once.
    func tick(after duration: Duration = .milliseconds(100)) async throws {
        now = now.advanced(by: duration)
        if let root = rootSlot.supervisor { try await observeAll(root) }
        tickOnly()
    }

    /// Ticks without observing anything.
    func tickOnly(after duration: Duration = .zero) {
        now = now.advanced(by: duration)
        context.now = now
        if rootSlot.reconcile(registry, parent: nil, context) {
            rootSlot.supervisor?.tick(target: rootSlot.wanted(parentTarget: target, parentState: ""), context)
        }
        document()
    }

    /// Lets time pass, ticking and running actions every 100 ms.
    func pass(_ duration: Duration) async throws {
        let end = now.advanced(by: duration)
        while now < end {
            try await tick()
            try await runActions()
        }
    }

    /// Ticks and runs actions until nothing more happens.
    func settle() async throws {
        repeat {
            try await runActions()
            try await tick()
        } while pending.contains { !hung.contains($0.path.description) }
    }

    /// Runs all pending actions to their end, but for those that hang.
    func runActions() async throws {
        let requests = pending
        pending = requests.filter { hung.contains($0.path.description) }
        for request in requests where !hung.contains(request.path.description) {
            now = now.advanced(by: .milliseconds(1))
            var result = ActionOutcome.Result.success
            let deadline = request.deadline(from: now)
            do {
                try await request.operation(
                    ActionContext(path: request.path, attempt: request.attempt, deadline: deadline))
            } catch {
                result = .failure(String(describing: error))
            }
            end(request, result, duration: .milliseconds(1))
        }
    }

    /// Ends the hanging action of a path.
    func finish(_ path: String, _ result: ActionOutcome.Result, duration: Duration) {
        guard let index = pending.firstIndex(where: { $0.path.description == path }) else { return }
        end(pending.remove(at: index), result, duration: duration)
    }

    /// The actions that were taken and have not ended.
    var inProgress: [ActionRequest] { pending }

    /// Observes one child and lets it react, as an event from outside would.
    func event(_ path: String) async throws {
        now = now.advanced(by: .milliseconds(1))
        guard let supervisor = supervisor(path) else { return }
        // A failed observation leaves the last one in place, as a collector does.
        try? await supervisor.machine.subject(now)
        context.now = now
        supervisor.react(context)
        document()
    }

    /// Lets a child be in trouble and the checks see it.
    func trouble(_ path: String, _ world: ScriptedWorld, _ text: String = "down") async throws {
        world.setTrouble(text)
        try await event(path)
        try await tick()
    }

    var root: Supervisor? { rootSlot.supervisor }

    var isAtRest: Bool { rootSlot.isAtRest }

    func slot(_ path: String) -> ChildSlot? {
        rootSlot.locate(path.split(separator: "/")[...])
    }

    func supervisor(_ path: String) -> Supervisor? {
        slot(path)?.supervisor
    }

    func state(_ path: String) -> String? {
        supervisor(path)?.machine.condition.state
    }

    func command(_ command: OperatorCommand, _ path: String) {
        context.now = now
        slot(path)?.apply(command, context)
    }

    func update(_ path: String, _ spec: ChildSpec) {
        context.now = now
        slot(path)?.update(spec, context)
    }

    func add(_ spec: ChildSpec, to path: String) throws {
        guard let parent = supervisor(path) else { return }
        context.now = now
        let old = registry.added[parent.identity.path]?.children ?? []
        registry.added[parent.identity.path] = Declaration(children: old + [spec], checks: [])
        try parent.redeclareChildren(context)
    }

    func report() -> NodeReport {
        context.now = now
        return rootSlot.report(context, path: HierarchyPath(root: "gateway"), wanted: target, waitingFor: [])
    }

    /// The workers whose documents were taken away.
    var removals: [WorkerKey] {
        changes.compactMap { if case .remove(let key) = $0 { key } else { nil } }
    }

    /// The documents of a worker that were handed to the store, in their order.
    func documentKinds(of path: String) -> [DocumentKind] {
        changes.compactMap { change in
            guard case .put(let document) = change, document.key.path.description == path else { return nil }
            return document.kind
        }
    }

    /// The version in the last desired document of a child.
    func lastDesired(of name: String) -> Int? {
        changes.compactMap { change -> Int? in
            guard case .put(let document) = change, document.key.path.name == name else { return nil }
            return ((document.content as? DesiredRecord)?.desired as? ScriptedState.Desired)?.version
        }.last
    }

    private func end(_ request: ActionRequest, _ result: ActionOutcome.Result, duration: Duration) {
        let begun = Moment(sinceStart: now.sinceStart - duration)
        let outcome = request.outcome(result, from: begun, to: now)
        guard let supervisor = registry.supervisor(request.supervisor) else { return }
        context.now = now
        record(.actionCompleted(supervisor.identity, outcome))
        supervisor.actionEnded(outcome, context)
    }

    /// An action that is cancelled fails, unless the test lets it hang.
    private func cancel(_ path: HierarchyPath) {
        guard !hung.contains(path.description) else { return }
        finish(path.description, .failure("cancelled"), duration: .zero)
    }

    private func document() {
        guard isStoreQuick else { return }
        let ids = undocumented
        undocumented = []
        for id in ids { registry.supervisor(id)?.machine.documented() }
        for id in ids { registry.supervisor(id)?.react(context) }
        if !undocumented.isEmpty { document() }
    }

    private func observeAll(_ supervisor: Supervisor) async throws {
        // A failed observation leaves the last one in place, as a collector does.
        try? await supervisor.machine.subject(now)
        for slot in supervisor.slots {
            if let child = slot.supervisor { try await observeAll(child) }
        }
    }
}

extension SupervisionSettings {
    /// The defaults, with checks that fail at once.
    static var forTests: SupervisionSettings {
        var settings = SupervisionSettings()
        settings.checkFailureThreshold = 1
        settings.circuit.settleTime = .zero
        return settings
    }
}

extension ChildSpec {
    /// A scripted child.
    static func scripted(
        _ name: String,
        _ world: ScriptedWorld = ScriptedWorld(),
        version: Int = 0,
        dependsOn: [String] = [],
        children: [ChildSpec] = [],
        checks: [ConsistencyCheck] = [],
        stateMapping: [String: DesiredState] = [:],
        startupGrace: Duration = .zero
    ) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ScriptedWorker.type,
            configuration: ScriptedConfiguration(world: world, version: version, children: children, checks: checks),
            stateMapping: stateMapping,
            dependsOn: dependsOn,
            startupGrace: startupGrace
        )
    }
}

extension ConsistencyCheck {
    /// A check that fails while a scripted child is in trouble.
    static func scripted(_ child: String, impact: Impact = .allWorkers) -> ConsistencyCheck {
        .trouble(ScriptedState.troubleCheck, of: child, impact: impact)
    }
}
