import GatewayConfiguration
import JSONLogging
import Logging
import OperatorHTTP
import ProcessControl
import ServiceLifecycle
import Supervision
import SystemPackage
import UnixSignals
import Workers

extension GatewayProcess {
    /// How long processes that an earlier gateway left behind may take to end.
    private static let strayGrace = Duration.seconds(5)
    /// How long processes that left their child's group may take to end when the gateway stops.
    private static let orphanGrace = Duration.seconds(2)

    /// The servers, bound and not yet running.
    struct Servers {
        let shared: PublicServer
        let control: ControlServer
    }

    /// Makes sure that no other gateway uses the same directories.
    func takeLocks() throws(GatewayFailure) -> [InstanceLock] {
        var locks: [InstanceLock] = []
        for (directory, flag) in [(options.runDirectory, "--run-dir"), (options.dataDirectory, "--data-dir")] {
            do throws(ProcessControlError) {
                locks.append(try InstanceLock(directory: FilePath(directory), chosenBy: flag))
            } catch {
                let status: ExitStatus = error.code == .alreadyRunning ? .notAvailable : .failure
                throw GatewayFailure(status, error.description)
            }
        }
        return locks
    }

    /// Binds both servers, so that an address in use is known before anything is started.
    func bindServers(_ parts: Parts) async throws(GatewayFailure) -> Servers {
        let logger = log.makeLogger("http")
        let listen = loaded.configuration.web.listen
        let shared: PublicServer
        do throws(OperatorError) {
            shared = try await PublicServer.bind(
                to: ListenAddress(host: listen.host, port: listen.port),
                content: PublicContent(
                    gateway: parts.gateway,
                    metrics: { parts.telemetry.render() },
                    version: VersionInformation(version: GatewayVersion.current, swift: GatewayVersion.swift)
                ),
                logger: logger
            )
        } catch {
            let source = loaded.source(of: "web.listen") ?? .standard
            let problem = ConfigurationProblem(source: source, path: "web.listen", message: error.message)
            throw GatewayFailure(.badConfiguration, problem.description)
        }
        do throws(OperatorError) {
            let control = try await ControlServer.bind(
                runDirectory: options.runDirectory,
                gateway: parts.gateway,
                logger: logger
            )
            return Servers(shared: shared, control: control)
        } catch {
            await shared.close()
            throw GatewayFailure(.failure, error.message)
        }
    }

    /// Ends what a gateway that was killed has left behind, so that nothing runs twice.
    func cleanUpStrays(_ records: ChildRecordDirectory) async {
        do throws(ProcessControlError) {
            for stray in try await StrayCleaner(directory: records).cleanUp(grace: Self.strayGrace) {
                logger.warning(
                    "Stray child of an earlier gateway",
                    metadata: [
                        "hierarchy_path": "\(stray.childPath ?? "unknown")",
                        "pid": stray.pid.map { .number($0) } ?? "unknown",
                        "outcome": "\(stray.outcome)",
                    ])
            }
        } catch {
            logger.error("Strays of an earlier gateway could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    /// Ends what children have left behind outside their groups, so that nothing outlives the gateway.
    func sweepOrphans() async {
        do throws(ProcessControlError) {
            let count = try await OrphanSweep.run(grace: Self.orphanGrace)
            if count > 0 { logger.warning("Orphans of children ended", metadata: ["count": .number(count)]) }
        } catch {
            logger.error("Orphans of children could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    /// Runs everything until the gateway is asked to stop and nothing runs any more.
    func runServices(_ parts: Parts, _ servers: Servers, _ reactor: ProcessReactor) async throws(GatewayFailure) {
        let treeService = TreeService(
            tree: parts.tree,
            reactor: reactor,
            shutdownTimeout: loaded.configuration.supervisor.shutdownTimeout,
            logger: logger
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Stopped in reverse: the servers answer until nothing of the tree runs any more.
                services: [
                    .init(service: StoreService(store: parts.store)),
                    .init(service: servers.control),
                    .init(service: servers.shared),
                    .init(service: ReloadSignals(reload: parts.gateway.reloads, logger: logger)),
                    .init(service: treeService, successTerminationBehavior: .gracefullyShutdownGroup),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: log.makeLogger("lifecycle", atLeast: .warning)
            )
        )
        logger.notice(
            "Gateway started",
            metadata: [
                "version": "\(GatewayVersion.current)",
                "listen": "\(servers.shared.address)",
                "control_socket": "\(servers.control.socketPath)",
                "config": "\(options.configurationFile)",
            ])
        do {
            try await group.run()
        } catch {
            throw GatewayFailure(.failure, "the gateway failed: \(error)")
        }
    }
}
