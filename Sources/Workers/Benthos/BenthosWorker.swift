import ProcessControl
public import Supervision
import Synchronization
import SystemPackage

/// Runs one flow: a Benthos with a configuration that the gateway writes, checks, tries and puts back.
///
/// All decisions are ``BenthosState``'s; this type carries them out and reports what it sees.
public final class BenthosWorker: Worker {
    /// What is known of the flow beyond its process.
    struct Flow {
        /// What is wanted.
        var plan: FlowPlan?
        var port: Int?
        var portHolder: String?
        /// Whether it was found out who listens on the port.
        var isListenerKnown = false
        var watch = FlowWatch()
        var condition: FlowCondition?
        var signals = FlowLogSignals()
        /// What the process was started with last.
        var running: FlowRevision?
        var lastGood: FlowRevision?
        /// What was refused last, by its check or in its trial.
        var refused: FlowRefusal?
        /// Whether the files of an earlier worker were read.
        var hasReadFiles = false

        /// Takes in a look, together with what the log has said.
        mutating func note(_ look: FlowWatch.Look, at now: Moment) {
            var look = look
            look.trouble = signals.connectionTrouble(at: now)
            look.outputTrouble = signals.outputTrouble(at: now)
            condition = watch.note(look, at: now)
        }
    }

    /// The name of this kind of worker.
    public static let type: WorkerType = "benthos"
    /// Where a worker finds what all flows' workers share.
    public static let dependencyKey = DependencyKey<FlowDependencies>("flows")
    /// The state in which a new child begins.
    public static let initialState = BenthosState(.stopped, .undecided)

    let dependencies: FlowDependencies
    let runner: ProcessRunner
    let flow = Mutex(Flow())
    /// Lets the engine look at once.
    let attention: @Sendable () -> Void
    private let path: HierarchyPath
    private let files: FlowFiles

    /// Creates a worker; nothing is started or written before the state machine says so.
    ///
    /// - Parameters:
    ///   - context: who the worker is, and how it calls for attention.
    ///   - dependencies: what all flows' workers share.
    public init(context: WorkerContext, dependencies: FlowDependencies) {
        path = context.identity.path
        self.dependencies = dependencies
        files = FlowFiles(directory: dependencies.directory.appending(EscapedName(path.description).text))
        attention = { context.observationChanged() }
        runner = ProcessRunner(path: path, dependencies: dependencies.programs, changed: attention)
    }

    /// The configuration with what the gateway adds to it is what the worker wants; it has no children.
    public func derive(_ configuration: BenthosConfiguration) throws -> Derivation<FlowPlan> {
        let plan = try FlowPlan(configuration)
        flow.withLock { $0.plan = plan }
        return Derivation(desired: plan)
    }

    /// Whether a living worker can go on with another configuration: it can unless another program is to run.
    public static func canFollow(from old: BenthosConfiguration, to new: BenthosConfiguration) -> Bool {
        old.command == new.command
    }

    /// Asks the flow how it is; its process reports by itself.
    ///
    /// - Throws: `CancellationError` when the time for a look is over, ``WorkerError`` when its files cannot be read.
    public func collectObservedState() async throws -> BenthosObservation {
        try readFiles()
        if let child = runner.child, runner.observation.startup.allowsTraffic, let port = flow.withLock({ $0.port }) {
            let look = await FlowInspection(endpoint: LocalEndpoint(port: port, client: dependencies.client)).look()
            // A look that was broken off, because there was no time for it, says nothing of the flow.
            try Task.checkCancellation()
            findHolder(of: port, child)
            let now = dependencies.now()
            // What an earlier process has answered says nothing of this one.
            if runner.child == child { flow.withLock { $0.note(look, at: now) } }
        }
        let (observation, stallAfter) = makeObservation()
        if let stallAfter { dependencies.listener.flowObserved(path, observation, stallAfter: stallAfter) }
        return observation
    }

    /// Checks, starts, keeps, ends or kills.
    public func perform(
        _ action: BenthosAction,
        desired: FlowPlan,
        context: ActionContext
    ) async throws {
        switch action {
        case .check(let revision): try await checkNoting(revision, desired)
        case .start(let start): try await self.start(start, desired)
        case .keep(let revision): try keep(revision)
        case .terminate: runner.terminate()
        case .kill: runner.kill()
        }
    }

    private func checkNoting(_ revision: FlowRevision, _ desired: FlowPlan) async throws {
        do {
            try await check(revision, desired)
            flow.withLock { $0.refused = nil }
        } catch {
            flow.withLock { $0.refused = FlowRefusal(revision: revision, stage: .check, reason: "\(error)") }
            throw error
        }
    }

    private func check(_ revision: FlowRevision, _ desired: FlowPlan) async throws {
        try files.writeChecked(desired.text, revision)
        let port = desired.fixedPort ?? flow.withLock { $0.port } ?? 0
        let check = FlowCheck(run: ProgramRun(reactor: dependencies.programs.reactor))
        try await check.check(
            files.checked.path,
            with: desired.configuration.command.appending([], environment: [FlowPlan.portVariable: "\(port)"]),
            recordedAs: "\(path)#check"
        )
    }

    private func start(_ start: BenthosAction.Start, _ desired: FlowPlan) async throws {
        guard !runner.observation.isRunning else { return }
        let revision = try choose(start)
        let port = try desired.fixedPort ?? claimPort()
        flow.withLock { flow in
            flow.running = revision
            flow.port = port
            flow.portHolder = nil
            flow.isListenerKnown = false
            flow.watch = FlowWatch()
            flow.condition = nil
            flow.signals = FlowLogSignals()
        }
        try await runner.start(
            desired.configuration.command.appending(
                ["run", files.running.path.string],
                environment: [FlowPlan.portVariable: "\(port)"]
            ),
            document: files.running.read(),
            probes: Self.probes(port: port, within: desired.configuration.startTimeout),
            replacingWithin: desired.process.stopTimeout,
            output: { [weak self] in self?.note($0.text) }
        )
    }

    private func claimPort() throws(WorkerError) -> Int {
        // Who listens on the port then is the flow itself: either it is taken over, or it is ended first. The store may
        // not have heard of the port before the earlier gateway was killed.
        if dependencies.programs.adoptables.hasChild(at: path), let port = try files.readPort() {
            dependencies.ports.keep(port, for: path)
            return port
        }
        let port = try dependencies.ports.claim(for: path)
        try files.write(port: port)
        return port
    }

    /// Makes the configuration the one to run with that is to be started; returns which one that is.
    private func choose(_ start: BenthosAction.Start) throws -> FlowRevision? {
        switch start {
        case .checked(let revision):
            try files.useChecked(revision)
            return revision
        case .lastGood(let refusal):
            if let refusal, refusal.stage == .trial, flow.withLock({ $0.refused }) != refusal {
                try putBack(insteadOf: refusal)
            }
            try files.useLastGood()
            return flow.withLock { $0.lastGood }
        }
    }

    private func putBack(insteadOf refusal: FlowRefusal) throws {
        try files.write(refusal)
        flow.withLock { $0.refused = refusal }
        dependencies.listener.flowRolledBack(path, refusal)
    }

    private func keep(_ revision: FlowRevision) throws {
        try files.keepRunning(revision)
        flow.withLock { flow in
            flow.lastGood = revision
            flow.refused = nil
        }
    }

    private func readFiles() throws {
        guard !flow.withLock({ $0.hasReadFiles }) else { return }
        let (lastGood, refused) = (try files.readLastGood(), try files.readRefusal())
        flow.withLock { flow in
            flow.lastGood = lastGood
            flow.refused = refused
            flow.hasReadFiles = true
        }
    }
}
