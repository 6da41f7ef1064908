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
        let web = loaded.configuration.web
        let access = try makeAccess(parts)
        let shared: PublicServer
        do throws(OperatorError) {
            shared = try await PublicServer.bind(
                to: ListenAddress(host: web.listen.host, port: web.listen.port),
                content: PublicContent(
                    gateway: parts.gateway,
                    metrics: parts.telemetry.rendition,
                    version: VersionInformation(version: GatewayVersion.current, swift: GatewayVersion.swift)
                ),
                limits: ServerLimits(connections: web.maxConnections),
                access: access,
                observer: parts.telemetry.http,
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

    /// Who may talk to the public server; nil for everybody.
    private func makeAccess(_ parts: Parts) throws(GatewayFailure) -> AccessControl? {
        guard let file = loaded.configuration.web.configFile else { return nil }
        let read: @Sendable () throws(ConfigurationProblems) -> AccessControl.Reading = {
            () throws(ConfigurationProblems) in try WebAccess.read(file)
        }
        do throws(ConfigurationProblems) {
            return AccessControl(
                try read(),
                observer: parts.telemetry.http,
                now: { [clock] in clock.now.sinceStart },
                read: read
            )
        } catch {
            throw GatewayFailure(.badConfiguration, error.description)
        }
    }

    /// Ends what a gateway that was killed has left behind, so that nothing runs twice, except for what workers may take over.
    func cleanUpStrays(_ records: ChildRecordDirectory, _ reactor: ProcessReactor, _ parts: Parts) async {
        let wanted = Set(parts.wanted.paths.map(\.description))
        do throws(ProcessControlError) {
            let found = try await StrayCleaner(directory: records)
                .cleanUp(grace: Self.strayGrace, adopting: { wanted.contains($0.childPath) })
            parts.adoptables.add(found.adoptable)
            for stray in found.cleaned {
                logger.warning(
                    "Stray child of an earlier gateway",
                    metadata: [
                        "hierarchy_path": "\(stray.childPath ?? "unknown")",
                        "pid": stray.pid.map { .number($0) } ?? "unknown",
                        "outcome": "\(stray.outcome)",
                    ])
            }
            try await cleanUpCgroups(reactor.cgroups, keeping: Set(found.adoptable.map(\.pid)))
        } catch {
            logger.error("Strays of an earlier gateway could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    /// Removes the cgroups of an earlier gateway's children, with what is left in them.
    private func cleanUpCgroups(_ cgroups: CgroupRoot?, keeping pids: Set<Int32>) async throws(ProcessControlError) {
        guard let cgroups else { return }
        for cgroup in try await cgroups.removeLeftovers(grace: Self.strayGrace, keeping: pids)
        where cgroup.processes > 0 || !cgroup.isRemoved {
            logger.warning(
                "Stray processes in the cgroup of an earlier gateway's child",
                metadata: [
                    "cgroup": "\(cgroup.path)",
                    "processes": .number(cgroup.processes),
                    "removed": .bool(cgroup.isRemoved),
                ])
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
    func runServices(
        _ parts: Parts,
        _ servers: Servers,
        _ records: ChildRecordDirectory,
        _ reactor: ProcessReactor
    ) async throws(GatewayFailure) {
        let unclaimed = UnclaimedChildren(
            adoptables: parts.adoptables,
            cleaner: StrayCleaner(directory: records),
            logger: logger
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Stopped in reverse: the servers answer until nothing of the tree runs any more.
                services: [
                    .init(service: StoreService(store: parts.store)),
                    .init(service: unclaimed),
                    .init(service: MemoryService()),
                    .init(service: servers.control),
                    .init(service: servers.shared),
                    .init(service: ReloadSignals(reload: parts.gateway.reloads, logger: logger)),
                    .init(
                        service: makeTreeService(parts, servers, reactor),
                        successTerminationBehavior: .gracefullyShutdownGroup
                    ),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: log.makeLogger("lifecycle", atLeast: .warning)
            )
        )
        do {
            try await group.run()
        } catch {
            throw GatewayFailure(.failure, "the gateway failed: \(error)")
        }
    }

    private func makeTreeService(_ parts: Parts, _ servers: Servers, _ reactor: ProcessReactor) -> TreeService {
        TreeService(
            tree: parts.tree,
            reactor: reactor,
            shutdownTimeout: loaded.configuration.supervisor.shutdownTimeout,
            announcement: [
                "version": "\(GatewayVersion.current)",
                "listen": "\(servers.shared.address)",
                "control_socket": "\(servers.control.socketPath)",
                "config": "\(options.configurationFile)",
            ],
            logger: logger
        )
    }
}
