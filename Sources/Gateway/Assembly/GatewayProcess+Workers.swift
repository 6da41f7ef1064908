import AsyncHTTPClient
import GatewayConfiguration
import JSONLogging
import Logging
import NIOPosix
import Probes
import ProcessControl
import Supervision
import SystemPackage
import Workers

/// What the workers depend on.
extension GatewayProcess {
    /// Makes the list of worker types with what their workers depend on.
    func makeCatalog(
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ telemetry: Telemetry,
        _ ports: FlowPorts,
        _ adoptables: Adoptables,
        flows: FlowListeners
    ) -> WorkerCatalog {
        let programs = makePrograms(reactor, client, telemetry, adoptables)
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
                    listener: flows,
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
                    probers: programs.probers,
                    listener: telemetry.connections,
                    now: now
                )
            )
        )
    }

    private func makePrograms(
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ telemetry: Telemetry,
        _ adoptables: Adoptables
    ) -> ProgramDependencies {
        let probers = ProberFactory(
            client: client,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            reactor: reactor
        )
        return ProgramDependencies(
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
    }
}
