import GatewayConfiguration
import Supervision

/// Turns a configuration into the specification of the supervision tree.
struct TreeBuilder {
    private let configuration: GatewayConfiguration
    private let children: ChildSpecBuilder

    /// - Parameters:
    ///   - configuration: the effective configuration.
    ///   - children: makes the specification of each child.
    init(_ configuration: GatewayConfiguration, children: ChildSpecBuilder) {
        self.configuration = configuration
        self.children = children
    }

    /// The root of the tree: an application worker with all configured children.
    func makeRoot() -> ChildSpec {
        let broker = configuration.broker.map { [children.make($0)] } ?? []
        let converters = configuration.converters.map { children.make($0) }
        let groups = configuration.groups.map(makeGroup)
        return children.makeApplication(
            configuration.agent.name,
            children: broker + members(of: nil) + converters + groups
        )
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
        children.makeApplication(group.name, children: members(of: group.name), dependsOn: group.dependsOn)
    }

    /// The processes and flows of a group; nil stands for those without one.
    private func members(of group: String?) -> [ChildSpec] {
        configuration.processes.filter { $0.group == group }.map { children.make($0) }
            + configuration.flows.filter { $0.place.group == group }.map { children.make($0) }
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
