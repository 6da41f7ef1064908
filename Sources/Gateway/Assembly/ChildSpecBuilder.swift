import GatewayConfiguration
import Probes
import ProcessControl
import Supervision
import SystemPackage
import Workers

/// The configuration of a worker type that reads what its declaration says by itself.
struct DeclaredConfiguration: WorkerConfiguration {
    /// The values by name, expressions replaced.
    let values: [String: VariableValue]
}

/// Turns what a configuration says of one child into its specification.
struct ChildSpecBuilder {
    /// The gateway's own environment, of which children get a few variables.
    let gatewayEnvironment: [String: String]
    /// Where the gateway keeps its data.
    let dataDirectory: String

    /// The specification of a program.
    func make(_ process: ProcessSection) -> ChildSpec {
        let startup = process.probes.startup.map(Self.duration(of:)) ?? .zero
        return spec(
            process.place,
            ProcessWorker.type,
            ProcessConfiguration(
                command: command(
                    process.command,
                    process.execution,
                    workingDirectory: process.workingDirectory,
                    umask: FilePermissions(rawValue: process.umask.bits)
                ),
                restart: RestartPolicy(process.restart),
                stopTimeout: process.stopTimeout,
                probes: ProcessProbes(
                    startup: process.probes.startup.map(ProbeConfiguration.init),
                    readiness: process.probes.readiness.map(ProbeConfiguration.init),
                    liveness: process.probes.liveness.map(ProbeConfiguration.init)
                )
            ),
            startupGrace: startup
        )
    }

    /// The specification of a node that holds children together.
    func makeApplication(_ name: String, children: [ChildSpec], dependsOn: [String] = []) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ApplicationWorker.type,
            configuration: ApplicationConfiguration(children: children),
            dependsOn: dependsOn
        )
    }

    /// The specification of a child that YAML declares.
    ///
    /// - Parameter child: the declaration; its worker type is one of those that the gateway knows.
    /// - Returns: the specification of the child and of all below it.
    func make(_ child: DeclaredChild) -> ChildSpec {
        switch child.payload {
        case .process(let process): return make(process)
        case .broker(let broker): return make(broker)
        case .flow(let flow): return make(flow)
        case .connection(let connection): return make(connection)
        case .protocolConverter(let converter): return make(converter)
        case .application(let children):
            var spec = makeApplication(child.name, children: children.map(make), dependsOn: child.dependsOn)
            spec.stateMapping = child.stateMapping.mapValues(DesiredState.init)
            spec.isEnabled = child.isEnabled
            return spec
        case .custom(let values):
            return ChildSpec(
                name: child.name,
                workerType: WorkerType(child.workerType),
                configuration: DeclaredConfiguration(values: values),
                stateMapping: child.stateMapping.mapValues(DesiredState.init),
                dependsOn: child.dependsOn,
                isEnabled: child.isEnabled
            )
        }
    }

    /// Puts a specification together; what a worker needs to come up is added to the grace that is configured.
    func spec(
        _ place: ChildPlace,
        _ type: WorkerType,
        _ configuration: any WorkerConfiguration,
        startupGrace: Duration
    ) -> ChildSpec {
        ChildSpec(
            name: place.name,
            workerType: type,
            configuration: configuration,
            stateMapping: place.stateMapping.mapValues(DesiredState.init),
            dependsOn: place.dependsOn,
            isEnabled: place.isEnabled,
            startupGrace: place.startupGrace + startupGrace
        )
    }

    /// The command of a program; validation refuses an empty one.
    func command(
        _ words: [String],
        _ execution: ExecutionSection,
        workingDirectory: String? = nil,
        umask: FilePermissions = [.groupWrite, .otherWrite]
    ) -> ProcessCommand {
        ProcessCommand(
            program: words.first ?? "",
            arguments: Array(words.dropFirst()),
            environment: ProcessEnvironment(gateway: gatewayEnvironment, declared: execution.environment),
            workingDirectory: workingDirectory.map { FilePath($0) },
            umask: umask,
            user: execution.limits.user,
            group: execution.limits.group,
            limits: ProcessLimits(execution.limits),
            onGatewayRestart: GatewayRestartPolicy(execution.onGatewayRestart),
            isHeavy: execution.weight == .heavy
        )
    }

    /// The time that a startup probe gives a process to come up.
    private static func duration(of probe: ProbeSection) -> Duration {
        probe.initialDelay + probe.period * probe.failureThreshold
    }
}
