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
import Supervision
import SystemPackage
import Workers

/// The gateway as a process: puts all parts together, runs them, and takes them down again.
public struct GatewayProcess: Sendable {
    let options: RunOptions
    let loaded: LoadedConfiguration
    let log: LogSetup
    let logger: Logger

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
        log.bootstrap()
        defer { log.writer.close(timeout: .seconds(2)) }
        let process = GatewayProcess(options: options, loaded: loaded, log: log, logger: log.makeLogger("gateway"))
        try await process.run()
    }

    private func run() async throws(GatewayFailure) {
        let locks = try takeLocks()
        defer { withExtendedLifetime(locks) {} }
        let (records, reactor) = try makeReactor()
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            configuration: HTTPProber.clientConfiguration
        )
        let result = await serve(records, reactor, client)
        await sweepOrphans()
        await reactor.shutdown()
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
            return (records, try ProcessReactor(records: records, adoptsOrphans: true))
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }

    private func serve(
        _ records: ChildRecordDirectory,
        _ reactor: ProcessReactor,
        _ client: HTTPClient
    ) async -> Result<Void, GatewayFailure> {
        do throws(GatewayFailure) {
            let parts = try makeParts(reactor, client)
            let servers = try await bindServers(parts)
            parts.advice.serve(at: "\(servers.shared.address)")
            await cleanUpStrays(records)
            try await runServices(parts, servers, reactor)
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    /// The tree and what shows it to operators.
    struct Parts {
        let tree: SupervisionTree<MonotonicClock>
        let telemetry: Telemetry
        let gateway: TreeOperator
        let advice: EscalationAdvice
    }

    private func makeParts(_ reactor: ProcessReactor, _ client: HTTPClient) throws(GatewayFailure) -> Parts {
        let telemetry: Telemetry
        do throws(ExpositionError) {
            telemetry = try Telemetry(startedAt: WallTime.now().sinceEpoch, log: log.writer)
            telemetry.bootstrap(logger: logger)
            for process in loaded.configuration.processes {
                try telemetry.ledger.open(HierarchyPath(process.path))
            }
        } catch {
            throw GatewayFailure(.failure, "metrics could not be set up: \(error)")
        }
        let clock = MonotonicClock()
        let advice = EscalationAdvice(
            address: "\(loaded.configuration.web.listen)",
            runDirectory: options.runDirectory
        )
        let eventLog = EventLog(logger: log.makeLogger("supervision"), advice: advice, now: { clock.now })
        let tree = makeTree(reactor, client, telemetry, clock, eventLog)
        let gateway = TreeOperator(
            tree: tree,
            ledger: telemetry.ledger,
            clock: clock,
            pid: getpid(),
            configuration: { [loaded] in loaded.rendered() },
            logger: log.makeLogger("operator")
        )
        return Parts(tree: tree, telemetry: telemetry, gateway: gateway, advice: advice)
    }

    private func makeTree(
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ telemetry: Telemetry,
        _ clock: MonotonicClock,
        _ eventLog: EventLog
    ) -> SupervisionTree<MonotonicClock> {
        let catalog = WorkerCatalog(
            processes: ProcessWorker.Dependencies(
                reactor: reactor,
                probers: ProberFactory(client: client, eventLoopGroup: MultiThreadedEventLoopGroup.singleton),
                listener: ProcessTelemetry(ledger: telemetry.ledger, logger: log.makeLogger("process"))
            )
        )
        let metrics = EventMetrics(telemetry, catalog: catalog, logger: log.makeLogger("supervision"))
        let builder = TreeBuilder(loaded.configuration, gatewayEnvironment: options.environment)
        return SupervisionTree(
            root: builder.makeRoot(),
            factory: catalog.factory,
            store: StoreSetup.makeStore(),
            settings: builder.settings,
            clock: clock,
            // Who reads of something in the log finds it in the metrics already.
            observer: SupervisionObservers(observers: [metrics, eventLog])
        )
    }
}
