import GatewayConfiguration
import JSONLogging
import OperatorHTTP
import Supervision
import Workers

/// Loads the configuration of a running gateway again and applies what is different; one reload at a time.
///
/// A configuration with any problem is refused as a whole, before anything is touched: a typo must not stop a plant.
actor ConfigurationReload {
    /// What the configuration is loaded from: the same as at the start.
    struct Inputs: Sendable {
        let options: RunOptions
        /// When the configuration was loaded first, since 1970: expressions get the same time again, so that what they
        /// make does not differ for the time alone.
        let loadedAt: Duration
    }

    private let inputs: Inputs
    private let tree: SupervisionTree<MonotonicClock>
    private let current: CurrentConfiguration
    private let builder: ChildSpecBuilder
    private let lint: FlowLint
    private let watch: ReloadWatch
    private let ledger: ChildLedger
    private let setup: LogSetup
    private let log: ReloadLog
    private let clock: MonotonicClock
    private var isUnderWay = false

    /// Settings beyond the children that a reload brings into effect; all others need a restart of the gateway.
    private static let followed = ["logging.level", "agent.location"]

    /// - Parameters:
    ///   - inputs: what the configuration is loaded from.
    ///   - tree: the running tree.
    ///   - current: what the gateway runs with, which everybody else reads as well.
    ///   - builder: makes the specification of each child.
    ///   - lint: checks flows with the real program.
    ///   - watch: follows what becomes of the children.
    ///   - ledger: keeps the children's output.
    ///   - setup: the log's level and the secrets.
    ///   - log: is told how reloads went.
    ///   - clock: the tree's clock.
    init(
        inputs: Inputs,
        tree: SupervisionTree<MonotonicClock>,
        current: CurrentConfiguration,
        builder: ChildSpecBuilder,
        lint: FlowLint,
        watch: ReloadWatch,
        ledger: ChildLedger,
        setup: LogSetup,
        log: ReloadLog,
        clock: MonotonicClock
    ) {
        self.inputs = inputs
        self.tree = tree
        self.current = current
        self.builder = builder
        self.lint = lint
        self.watch = watch
        self.ledger = ledger
        self.setup = setup
        self.log = log
        self.clock = clock
    }

    /// Loads, checks, applies, and waits for what comes of it.
    ///
    /// Blocks its executor for the time of reading files. Cancelled, it waits no longer; what was applied stays.
    ///
    /// - Parameter request: whether and how long to wait for the children.
    /// - Returns: what was changed, and what came of it.
    /// - Throws: ``OperatorError`` when the configuration is refused or a reload is under way; nothing has changed then.
    func reload(_ request: ReloadRequest) async throws(OperatorError) -> ReloadReport {
        guard !isUnderWay else {
            let message = "another reload is under way; wait for its end, which the log tells, and try again"
            throw OperatorError(code: .conflict, message: message)
        }
        isUnderWay = true
        defer { isUnderWay = false }
        let start = clock.now
        let candidate: Candidate
        do throws(ConfigurationRefusal) {
            candidate = try await prepare()
        } catch {
            let problems = error.problems.map(setup.secrets.redactor.redact)
            log.refused(problems)
            let heading = "configuration refused, nothing was changed:\n"
            throw OperatorError(code: .invalid, message: heading + problems.joined(separator: "\n"))
        }
        let restartNeeded = follow(candidate)
        let report = ReloadReport(
            children: await apply(candidate, within: request.timeout),
            restartNeeded: restartNeeded,
            duration: start.duration(to: clock.now)
        )
        log.reloaded(report, candidate.plan.counts)
        return report
    }

    /// A configuration in which nothing wrong was found.
    private struct Candidate {
        let loaded: LoadedConfiguration
        let root: ChildSpec
        let plan: ReloadPlan
        let revisions: [HierarchyPath: FlowRevision]
    }

    private static func isFollowed(_ setting: String) -> Bool {
        followed.contains { setting == $0 || setting.hasPrefix("\($0).") }
    }

    private func prepare() async throws(ConfigurationRefusal) -> Candidate {
        let loaded = try load()
        // Also of a configuration that is refused: its problems may quote them.
        setup.secrets.register(loaded.secretValues())
        let old = current.loaded.configuration
        guard loaded.configuration.agent.name == old.agent.name else {
            let problem = ConfigurationProblem(
                source: loaded.source(of: "agent.name") ?? .standard,
                path: "agent.name",
                message: "is \(old.agent.name) while the gateway runs; restart the gateway to change it"
            )
            throw ConfigurationRefusal(problems: [problem.description])
        }
        let root = TreeBuilder(loaded.configuration, children: builder).makeRoot()
        let plan = ReloadPlan(from: TreeBuilder(old, children: builder).makeRoot(), to: root)
        let revisions = try await FlowChecks(lint: lint, loaded: loaded).run(plan.flows)
        // Last, so that nothing is added in between.
        try checkAdditions(root)
        return Candidate(loaded: loaded, root: root, plan: plan, revisions: revisions)
    }

    private func load() throws(ConfigurationRefusal) -> LoadedConfiguration {
        let options = inputs.options
        do throws(GatewayFailure) {
            return try ConfigurationFile.load(
                options.configurationFile,
                environment: options.environment,
                flags: options.flags,
                at: inputs.loadedAt
            )
        } catch {
            throw ConfigurationRefusal(problems: error.message.split(separator: "\n").map(String.init))
        }
    }

    private func checkAdditions(_ root: ChildSpec) throws(ConfigurationRefusal) {
        let rootPath = HierarchyPath(root: root.name)
        let nodes = ChildSpec.byPath([(rootPath, root)] + root.nodes())
        let additions = current.additions
        let problems = additions.compactMap { $0.conflict(with: nodes, others: additions) }
        guard problems.isEmpty else { throw ConfigurationRefusal(problems: problems) }
    }

    /// Brings into effect what is not of the tree, and names what only a restart of the gateway can.
    private func follow(_ candidate: Candidate) -> [String] {
        let configuration = candidate.loaded.configuration
        setup.follow(configuration.logging)
        current.replace(by: candidate.loaded)
        let wanted = Set(candidate.root.nodes().map(\.path))
        let outputs = ledger.follow(ChildOutputSettings(configuration)).filter(wanted.contains)
        return candidate.loaded.settingsChanged(since: current.atStart).filter { !Self.isFollowed($0) }
            + outputs.map { "output of \($0)" }
    }

    private func apply(_ candidate: Candidate, within timeout: Duration?) async -> [ReloadReport.Child] {
        let goals = candidate.plan.changes.map { change in
            ReloadGoal(change, in: candidate.plan, revision: candidate.revisions[change.path])
        }
        let news = watch.watch()
        defer { watch.unwatch() }
        await tree.update(root: candidate.root)
        guard let timeout else {
            return goals.map { ReloadReport.Child(path: "\($0.path)", change: $0.change, outcome: .applied) }
        }
        let wait = ReloadWait(goals: goals, watch: watch, news: news, clock: clock)
        let outcomes = await wait.run(stopped: await stoppedNodes(), within: timeout)
        let report = await tree.report()
        return zip(goals, outcomes).map { goal, outcome in
            let reason = outcome.reason ?? (outcome.isReady ? nil : report?.node(goal.path)?.reason)
            return ReloadReport.Child(
                path: "\(goal.path)",
                change: goal.change,
                outcome: outcome.kind,
                reason: reason.map(setup.secrets.redactor.redact)
            )
        }
    }

    /// The nodes that are not to run: nobody waits for them.
    private func stoppedNodes() async -> Set<HierarchyPath> {
        guard let root = await tree.report() else { return [] }
        let news = watch.news(of: root.subtree.map(\.path))
        return Set(root.stoppedNodes { news[$0]?.isBeingReplaced ?? true })
    }
}

extension NodeReport {
    /// This node and all below it.
    fileprivate var subtree: [NodeReport] { [self] + children.flatMap(\.subtree) }

    /// The node with a path, or nil.
    fileprivate func node(_ path: HierarchyPath) -> NodeReport? { subtree.first { $0.path == path } }

    /// The nodes that should be stopped, those aside that stop only to make room for what takes their place.
    fileprivate func stoppedNodes(_ isBeingReplaced: (HierarchyPath) -> Bool) -> [HierarchyPath] {
        guard !isBeingReplaced(path) else { return [] }
        return (desired == .stopped ? [path] : []) + children.flatMap { $0.stoppedNodes(isBeingReplaced) }
    }
}
