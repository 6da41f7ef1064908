import Probes
import ProcessControl
public import Supervision
import Synchronization
import SystemPackage

/// Runs the broker of the box, with a configuration that the gateway writes.
///
/// All decisions are ``RedpandaState``'s; this type carries them out and reports what it sees.
public final class RedpandaWorker: Worker {
    /// What is known of the broker beyond its process.
    private struct Run {
        var watch = BrokerWatch()
        var condition: BrokerCondition?
        var signals = BrokerLogSignals()
        var looks = 0
        var portHolder: String?
        var isListenerKnown = false
        var properties: [String: BrokerProperty]?
        /// With what the process was started.
        var desired: RedpandaConfiguration?
    }

    /// The name of this kind of worker.
    public static let type: WorkerType = "redpanda"
    /// Where a worker finds what all brokers' workers share.
    public static let dependencyKey = DependencyKey<BrokerDependencies>("brokers")
    /// The state in which a new child begins.
    public static let initialState = RedpandaState(.stopped)

    /// Every how manieth look is a thorough one: its answers have 160 kB and change slowly.
    private static let thoroughEvery = 5

    private let path: HierarchyPath
    private let dependencies: BrokerDependencies
    private let runner: ProcessRunner
    private let file: ConfigurationFile
    private let run = Mutex(Run())

    /// Creates a worker; nothing is started or written before the state machine says so.
    ///
    /// - Parameters:
    ///   - context: who the worker is, and how it calls for attention.
    ///   - dependencies: what all brokers' workers share.
    public init(context: WorkerContext, dependencies: BrokerDependencies) {
        path = context.identity.path
        self.dependencies = dependencies
        file = ConfigurationFile(
            path: dependencies.directory.appending(EscapedName(path.description).text).appending("redpanda.yaml")
        )
        runner = ProcessRunner(path: path, dependencies: dependencies.programs) { context.observationChanged() }
    }

    /// The configuration is what the worker wants; it has no children.
    public func derive(_ configuration: RedpandaConfiguration) -> Derivation<RedpandaConfiguration> {
        Derivation(desired: configuration)
    }

    /// Whether a living worker can go on with another configuration: it can where only the properties of the cluster or
    /// the time to end are others.
    public static func canFollow(from old: RedpandaConfiguration, to new: RedpandaConfiguration) -> Bool {
        old.command == new.command && old.resources == new.resources && old.document == new.document
            && old.idleAfter == new.idleAfter && old.startupTimeout == new.startupTimeout
    }

    /// Asks the broker how it is; its process reports by itself.
    ///
    /// - Throws: `CancellationError` when the time for a look is over.
    public func collectObservedState() async throws -> RedpandaObservation {
        if let child = runner.child, runner.observation.startup.allowsTraffic,
            let desired = run.withLock({ $0.desired })
        {
            try await look(at: child, desired)
        }
        let (process, now) = (runner.observation, dependencies.now())
        let observation = run.withLock { run in
            RedpandaObservation(
                process: process,
                condition: process.isRunning ? run.condition : nil,
                portHolder: process.isRunning ? run.portHolder : nil,
                logTrouble: run.signals.inWords(at: now),
                properties: run.properties
            )
        }
        dependencies.listener.brokerObserved(path, observation)
        return observation
    }

    /// Starts, sets properties, ends or kills.
    public func perform(
        _ action: RedpandaAction,
        desired: RedpandaConfiguration,
        context: ActionContext
    ) async throws {
        switch action {
        case .start: try await start(desired)
        case .setProperties: try await setProperties(desired)
        case .terminate: runner.terminate()
        case .kill: runner.kill()
        }
    }

    private func start(_ desired: RedpandaConfiguration) async throws {
        guard !runner.observation.isRunning else { return }
        try RunDirectory.create(FilePath(desired.document.dataDirectory))
        let document = try desired.document.render()
        try file.write(document)
        run.withLock { $0 = Run(desired: desired) }
        try await runner.start(
            desired.command.appending(desired.resources.arguments(file: file.path.string)),
            document: document,
            probes: ProcessProbes(
                startup: ProbeConfiguration(
                    kind: .http(
                        HTTPProbe(
                            url: desired.document.admin.url + "/v1/status/ready",
                            expectedStatus: 200,
                            bodyContains: "\"ready\""
                        )
                    ),
                    period: Self.startupPeriod,
                    failureThreshold: max(1, Int(desired.startupTimeout / Self.startupPeriod))
                )
            ),
            replacingWithin: desired.stopTimeout,
            output: { [weak self] in self?.note($0.text) }
        )
    }

    /// How often a broker that is coming up is asked whether it is ready.
    private static let startupPeriod = Duration.milliseconds(250)

    private func note(_ line: String) {
        let now = dependencies.now()
        run.withLock { $0.signals.note(line, at: now) }
    }

    private func look(at child: ChildProcess, _ desired: RedpandaConfiguration) async throws {
        let begun = dependencies.now()
        let (isThorough, logTrouble) = run.withLock { run in
            defer { run.looks += 1 }
            return (run.looks % Self.thoroughEvery == 0, run.signals.inWords(at: begun))
        }
        let inspection = BrokerInspection(
            admin: admin(of: desired),
            probers: dependencies.programs.probers,
            document: desired.document
        )
        let look = await inspection.look(isThorough: isThorough, logTrouble: logTrouble)
        // A look that was broken off, because there was no time for it, says nothing of the broker.
        try Task.checkCancellation()
        findHolder(of: desired.document.admin.port, child)
        let now = dependencies.now()
        // What an earlier process has answered says nothing of this one.
        guard runner.child == child else { return }
        run.withLock { $0.condition = $0.watch.note(look, idleAfter: desired.idleAfter, at: now) }
    }

    /// Finds out once per start who listens on the admin port: whoever answers need not be who was started.
    private func findHolder(of port: Int, _ child: ChildProcess) {
        guard !run.withLock({ $0.isListenerKnown }) else { return }
        let owner = ListeningSocket.owner(ofLoopbackPort: UInt16(clamping: port), child: child.pid)
        run.withLock { run in
            switch owner {
            case .owned: run.isListenerKnown = true
            case .other(let pid, let name):
                (run.isListenerKnown, run.portHolder) = (true, ListeningSocket.inWords(pid, name))
            case .nobody, .unknown: break
            }
        }
    }

    private func setProperties(_ desired: RedpandaConfiguration) async throws {
        try await ClusterProperties(admin: admin(of: desired)).set(desired.properties)
        run.withLock { $0.properties = desired.properties }
    }

    private func admin(of desired: RedpandaConfiguration) -> LocalEndpoint {
        let listener = desired.document.admin
        return LocalEndpoint(host: listener.localHost, port: listener.port, client: dependencies.client)
    }
}

extension BrokerLogSignals {
    /// What hampers the broker by its log of the last ten minutes, or nil.
    fileprivate func inWords(at now: Moment) -> String? {
        if addressInUse(at: now) != nil { return "its log says: Address already in use" }
        return reactorStall(at: now).map { "a reactor stalled for \(Int($0.duration / .milliseconds(1))) ms" }
    }
}
