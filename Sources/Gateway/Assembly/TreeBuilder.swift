import GatewayConfiguration
import Probes
import ProcessControl
import Supervision
import SystemPackage
import Workers

/// Turns a configuration into the specification of the supervision tree.
struct TreeBuilder {
    private let configuration: GatewayConfiguration
    private let gatewayEnvironment: [String: String]

    /// - Parameters:
    ///   - configuration: the effective configuration.
    ///   - gatewayEnvironment: the gateway's own environment, of which children get a few variables.
    init(_ configuration: GatewayConfiguration, gatewayEnvironment: [String: String]) {
        self.configuration = configuration
        self.gatewayEnvironment = gatewayEnvironment
    }

    /// The root of the tree: an application worker with all configured children.
    func makeRoot() -> ChildSpec {
        let alone = configuration.processes.filter { $0.group == nil }.map(makeProcess)
        let groups = configuration.groups.map(makeGroup)
        return makeApplication(configuration.agent.name, children: alone + groups, dependsOn: [])
    }

    /// The settings of the engine.
    var settings: SupervisionSettings {
        // What the configuration does not say keeps the engine's defaults: every setting is taken over here.
        var settings = SupervisionSettings()
        settings.tickInterval = configuration.supervisor.tickInterval
        settings.collectorInterval = configuration.supervisor.collectorInterval
        settings.actionWorkers = configuration.actions.workers
        settings.actionQueueLimit = configuration.actions.queueLimit
        settings.actionTimeout = configuration.actions.timeout
        return settings
    }

    private func makeGroup(_ group: ProcessGroup) -> ChildSpec {
        let members = configuration.processes.filter { $0.group == group.name }
        return makeApplication(group.name, children: members.map(makeProcess), dependsOn: group.dependsOn)
    }

    private func makeApplication(_ name: String, children: [ChildSpec], dependsOn: [String]) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ApplicationWorker.type,
            configuration: ApplicationConfiguration(children: children),
            dependsOn: dependsOn
        )
    }

    private func makeProcess(_ process: ProcessSection) -> ChildSpec {
        ChildSpec(
            name: process.name,
            workerType: ProcessWorker.type,
            configuration: ProcessConfiguration(
                command: makeCommand(process),
                restart: RestartPolicy(process.restart),
                stopTimeout: process.stopTimeout,
                probes: ProcessProbes(
                    startup: process.probes.startup.map(ProbeConfiguration.init),
                    readiness: process.probes.readiness.map(ProbeConfiguration.init),
                    liveness: process.probes.liveness.map(ProbeConfiguration.init)
                )
            ),
            dependsOn: process.dependsOn,
            isEnabled: process.isEnabled,
            startupGrace: process.probes.startup.map(Self.startupGrace) ?? .zero
        )
    }

    /// The time that a startup probe gives a process to come up.
    private static func startupGrace(_ probe: ProbeSection) -> Duration {
        probe.initialDelay + probe.period * probe.failureThreshold
    }

    private func makeCommand(_ process: ProcessSection) -> ProcessCommand {
        ProcessCommand(
            // The validation refuses an empty command.
            program: process.command.first ?? "",
            arguments: Array(process.command.dropFirst()),
            environment: ProcessEnvironment(gateway: gatewayEnvironment, declared: process.environment),
            workingDirectory: FilePath(process.workingDirectory),
            umask: FilePermissions(rawValue: process.umask.bits)
        )
    }
}

extension RestartPolicy {
    fileprivate init(_ section: RestartSection) {
        let mode: Mode =
            switch section.policy {
            case .always: .always
            case .onFailure: .onFailure
            case .never: .never
            }
        self.init(
            mode: mode,
            successExitCodes: section.successExitCodes,
            backoff: Backoff(base: section.initialDelay, cap: section.maximumDelay),
            stableAfter: section.stableAfter
        )
    }
}

extension ProbeConfiguration {
    fileprivate init(_ section: ProbeSection) {
        let kind: Kind =
            switch section.kind {
            case .alive: .alive
            case .tcp(let endpoint): .tcp(host: endpoint.host, port: endpoint.port)
            case .http(let url, let status, let bodyContains):
                .http(HTTPProbe(url: url, expectedStatus: status, bodyContains: bodyContains))
            }
        self.init(
            kind: kind,
            period: section.period,
            timeout: section.timeout,
            failureThreshold: section.failureThreshold,
            successThreshold: section.successThreshold,
            initialDelay: section.initialDelay
        )
    }
}
