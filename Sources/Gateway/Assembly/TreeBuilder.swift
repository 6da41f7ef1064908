import GatewayConfiguration
import Supervision

/// Turns a configuration into the specification of the supervision tree.
struct TreeBuilder {
    private let configuration: GatewayConfiguration
    private let children: ChildSpecBuilder

    /// - Parameters:
    ///   - configuration: the effective configuration.
    ///   - gatewayEnvironment: the gateway's own environment, of which children get a few variables.
    init(_ configuration: GatewayConfiguration, gatewayEnvironment: [String: String]) {
        self.configuration = configuration
        children = ChildSpecBuilder(gatewayEnvironment: gatewayEnvironment)
    }

    /// The root of the tree: an application worker with all configured children.
    func makeRoot() -> ChildSpec {
        let alone = configuration.processes.filter { $0.group == nil }.map { children.make($0) }
        let groups = configuration.groups.map(makeGroup)
        return children.makeApplication(configuration.agent.name, children: alone + groups)
    }

    /// The settings of the engine.
    var settings: SupervisionSettings {
        var settings = SupervisionSettings()
        let supervisor = configuration.supervisor
        settings.tickInterval = supervisor.tickInterval
        settings.collectorInterval = supervisor.collectorInterval
        settings.staleAfter = supervisor.staleAfter
        settings.collectorRestartAfter = supervisor.collectorRestartAfter
        settings.circuit = CircuitPolicy(supervisor.circuit)
        settings.circuitReportInterval = supervisor.circuit.reportInterval
        settings.checkFailureThreshold = supervisor.circuit.failureThreshold
        settings.actionWorkers = configuration.actions.workers
        settings.actionQueueLimit = configuration.actions.queueLimit
        settings.actionTimeout = configuration.actions.timeout
        settings.actionGrace = configuration.actions.grace
        return settings
    }

    private func makeGroup(_ group: ProcessGroup) -> ChildSpec {
        let members = configuration.processes.filter { $0.group == group.name }
        return children.makeApplication(
            group.name,
            children: members.map { children.make($0) },
            dependsOn: group.dependsOn
        )
    }
}

extension CircuitPolicy {
    fileprivate init(_ section: CircuitSection) {
        self.init()
        backoff = Backoff(base: section.initialDelay, cap: section.maximumDelay)
        maxAttempts = section.maxAttempts
        attemptWindow = section.attemptWindow
        settleTime = section.settleTime
    }
}
