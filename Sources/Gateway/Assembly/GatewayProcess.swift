import AsyncHTTPClient
import Exposition
import GatewayConfiguration
import Glibc
import JSONLogging
import Logging
import NIOCore
import NIOPosix
import OperatorHTTP
import Probes
import ProcessControl
import ServiceLifecycle
import StateStore
import Supervision
import SystemPackage
import Workers

/// The gateway as a process: puts all parts together, runs them, and takes them down again.
public struct GatewayProcess: Sendable {
    let options: RunOptions
    let loaded: LoadedConfiguration
    let log: LogSetup
    let logger: Logger
    private let clock = MonotonicClock()

    /// Runs a gateway until it is asked to stop by SIGTERM or SIGINT.
    ///
    /// - Parameter options: what was asked for.
    /// - Throws: ``GatewayFailure``; with ``ExitStatus/badConfiguration`` nothing was started.
    public static func run(_ options: RunOptions) async throws(GatewayFailure) {
        // A reader of a pipe or socket that went away is an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // An edge box has work for its processors: two event loops serve operators, probes and scrapes with ease.
        NIOSingletons.groupLoopCountSuggestion = 2
        let loaded = try ConfigurationFile.load(
            options.configurationFile,
            environment: options.environment,
            flags: options.flags
        )
        let log: LogSetup
        do throws(JSONLoggingError) {
            log = try LogSetup(loaded.configuration.logging, environment: options.environment)
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
        log.secrets.register(loaded.secretValues())
        log.bootstrap()
        defer { log.writer.close(timeout: .seconds(2)) }
        let process = GatewayProcess(options: options, loaded: loaded, log: log, logger: log.makeLogger("gateway"))
        do throws(GatewayFailure) {
            try await process.run()
        } catch {
            throw GatewayFailure(error.status, log.secrets.redactor.redact(error.message))
        }
    }

    private func run() async throws(GatewayFailure) {
        let locks = try takeLocks()
        defer { withExtendedLifetime(locks) {} }
        let (records, reactor) = try makeReactor()
        let output = try makeOutputFiles()
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            configuration: HTTPProber.clientConfiguration
        )
        let result = await serve(records, reactor, client, output)
        await sweepOrphans()
        await reactor.shutdown()
        output.close(timeout: .seconds(2))
        do {
            try await client.shutdown()
        } catch {
            logger.warning("Probe client did not shut down cleanly", metadata: ["error": "\(error)"])
        }
        logger.notice("Gateway stopped")
        try result.get()
    }

    private func makeReactor() throws(GatewayFailure) -> (ChildRecordDirectory, ProcessReactor) {
        do throws(ProcessControlError) {
            let records = try ChildRecordDirectory(path: FilePath(options.runDirectory).appending("children"))
            return (records, try ProcessReactor(records: records, adoptsOrphans: true, cgroups: findCgroups()))
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }

    /// The cgroup that is delegated to this gateway; without one, children are told by their sessions and descent.
    private func findCgroups() -> CgroupRoot? {
        do throws(ProcessControlError) {
            return try CgroupRoot(runDirectory: FilePath(options.runDirectory))
        } catch {
            logger.info("Children run without cgroups of their own", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    private func serve(
        _ records: ChildRecordDirectory,
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ output: ChildOutputFiles
    ) async -> Result<Void, GatewayFailure> {
        do throws(GatewayFailure) {
            let telemetry = try makeTelemetry(output)
            let store = try await openStore(telemetry)
            let result = await serve(records, reactor, await makeParts(reactor, client, telemetry, store))
            if case .inMemory(let reason) = await store.close() {
                logger.error("Store could not be written at the end", metadata: ["error": "\(reason)"])
            }
            return result
        } catch {
            return .failure(error)
        }
    }

    private func serve(
        _ records: ChildRecordDirectory,
        _ reactor: ProcessReactor,
        _ parts: Parts
    ) async -> Result<Void, GatewayFailure> {
        do throws(GatewayFailure) {
            let servers = try await bindServers(parts)
            parts.telemetry.advice.serve(at: "\(servers.shared.address)")
            await cleanUpStrays(records, reactor, parts)
            try await runServices(parts, servers, records, reactor)
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    /// The tree, the store, and what shows them to operators.
    struct Parts {
        let tree: SupervisionTree<MonotonicClock>
        let store: SQLiteTriangularStore<MonotonicClock>
        let telemetry: Telemetry
        let gateway: TreeOperator
        let adoptables: Adoptables
        let wanted: WantedPrograms
    }

    private func makeOutputFiles() throws(GatewayFailure) -> ChildOutputFiles {
        do throws(JSONLoggingError) {
            return try ChildOutputFiles(
                root: FilePath(options.dataDirectory).appending("logs"),
                boxBytes: loaded.configuration.limits.logBytes.bytes,
                logger: log.makeLogger("output")
            )
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }

    private func makeTelemetry(_ output: ChildOutputFiles) throws(GatewayFailure) -> Telemetry {
        do throws(ExpositionError) {
            let advice = EscalationAdvice(
                address: "\(loaded.configuration.web.listen)",
                runDirectory: options.runDirectory
            )
            let telemetry = try Telemetry(
                startedAt: WallTime.now().sinceEpoch,
                log: log.writer,
                advice: advice,
                output: output,
                outputSettings: ChildOutputSettings(loaded.configuration)
            )
            telemetry.bootstrap(logger: logger)
            return telemetry
        } catch {
            throw GatewayFailure(.failure, "metrics could not be set up: \(error)")
        }
    }

    private func openStore(
        _ telemetry: Telemetry
    ) async throws(GatewayFailure) -> SQLiteTriangularStore<MonotonicClock> {
        let section = loaded.configuration.store
        do throws(StoreError) {
            let store = try await SQLiteTriangularStore.open(
                StoreSettings(
                    directory: options.dataDirectory,
                    prefix: section.prefix,
                    observedFlushInterval: section.observedFlushInterval
                ),
                clock: clock,
                wallClock: { WallTime.now().sinceEpoch },
                listener: StoreTelemetry(
                    metrics: telemetry.store,
                    advice: telemetry.advice,
                    logger: log.makeLogger("store")
                )
            )
            telemetry.observe(store)
            return store
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }

    private func makeParts(
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ telemetry: Telemetry,
        _ store: SQLiteTriangularStore<MonotonicClock>
    ) async -> Parts {
        let ports = FlowPorts(range: loaded.configuration.limits.flowPorts, known: await knownPorts(store))
        let adoptables = Adoptables()
        let catalog = makeCatalog(reactor, client, telemetry, ports, adoptables)
        let builder = TreeBuilder(loaded.configuration, children: childSpecBuilder)
        let tree = makeTree(builder, catalog, telemetry, store)
        let gateway = TreeOperator(
            tree: tree,
            ledger: telemetry.ledger,
            clock: clock,
            pid: getpid(),
            configuration: { [loaded] in loaded.rendered() },
            storeTrouble: { store.figures.degradedReason },
            declarations: WorkerDeclarations(
                tree: tree,
                configuration: loaded.configuration,
                environment: options.environment,
                builder: childSpecBuilder,
                workerTypes: catalog.factory.knownTypes,
                secrets: log.secrets
            ),
            secrets: log.secrets,
            logger: log.makeLogger("operator")
        )
        return Parts(
            tree: tree,
            store: store,
            telemetry: telemetry,
            gateway: gateway,
            adoptables: adoptables,
            wanted: WantedPrograms(builder.makeRoot(), catalog: catalog, held: await heldPaths(store))
        )
    }

    private var childSpecBuilder: ChildSpecBuilder {
        ChildSpecBuilder(gatewayEnvironment: options.environment, dataDirectory: options.dataDirectory)
    }

    /// The ports that flows had before; without them each flow gets a new one.
    private func knownPorts(_ store: SQLiteTriangularStore<MonotonicClock>) async -> [HierarchyPath: Int] {
        do {
            return try await StoredPorts(store: store).read()
        } catch {
            logger.warning("Ports of flows could not be read from the store", metadata: ["error": "\(error)"])
            return [:]
        }
    }

    /// What an operator has stopped; where that cannot be read, the tree says so when it is started.
    private func heldPaths(_ store: SQLiteTriangularStore<MonotonicClock>) async -> Set<HierarchyPath> {
        let documents = (try? await store.documents(.desired, as: DesiredHeader.self)) ?? []
        return Set(documents.filter { $0.content.state == .stopped }.map(\.key.path))
    }

    private func makeCatalog(
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ telemetry: Telemetry,
        _ ports: FlowPorts,
        _ adoptables: Adoptables
    ) -> WorkerCatalog {
        let probers = ProberFactory(
            client: client,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            reactor: reactor
        )
        let programs = ProgramDependencies(
            reactor: reactor,
            probers: probers,
            listener: ProcessTelemetry(
                ledger: telemetry.ledger,
                secrets: log.secrets,
                logger: log.makeLogger("process")
            ),
            adoptables: adoptables,
            heavyStarts: StartGate(limit: loaded.configuration.limits.heavyStarts)
        )
        let directory = FilePath(options.dataDirectory)
        let now: @Sendable () -> Moment = { [clock] in clock.now }
        return WorkerCatalog(
            WorkerCatalog.Dependencies(
                programs: programs,
                flows: FlowDependencies(
                    programs: programs,
                    client: client,
                    ports: ports,
                    directory: directory.appending("flows"),
                    listener: telemetry.flows,
                    now: now
                ),
                brokers: BrokerDependencies(
                    programs: programs,
                    client: client,
                    directory: directory.appending("brokers"),
                    listener: telemetry.brokers,
                    now: now
                ),
                connections: ConnectionWorker.Dependencies(
                    probers: probers,
                    listener: telemetry.connections,
                    now: now
                )
            )
        )
    }

    private func makeTree(
        _ builder: TreeBuilder,
        _ catalog: WorkerCatalog,
        _ telemetry: Telemetry,
        _ store: SQLiteTriangularStore<MonotonicClock>
    ) -> SupervisionTree<MonotonicClock> {
        let (clock, supervision) = (self.clock, log.makeLogger("supervision"))
        let eventLog = EventLog(logger: supervision, advice: telemetry.advice, now: { clock.now })
        let metrics = EventMetrics(telemetry, catalog: catalog, logger: supervision)
        return SupervisionTree(
            root: builder.makeRoot(),
            factory: catalog.factory,
            store: store,
            settings: builder.settings,
            clock: clock,
            // Who reads of something in the log finds it in the metrics already.
            observer: SupervisionObservers(observers: [metrics, eventLog])
        )
    }
}
