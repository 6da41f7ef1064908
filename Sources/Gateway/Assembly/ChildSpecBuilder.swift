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

    /// The specification of a process of the section `processes`.
    func make(_ process: ProcessSection) -> ChildSpec {
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
            stateMapping: process.stateMapping.mapValues(DesiredState.init),
            dependsOn: process.dependsOn,
            isEnabled: process.isEnabled,
            startupGrace: process.startupGrace + (process.probes.startup.map(Self.duration(of:)) ?? .zero)
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
        case .process(let process):
            return make(process)
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

    /// The time that a startup probe gives a process to come up.
    private static func duration(of probe: ProbeSection) -> Duration {
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

extension DesiredState {
    fileprivate init(_ mapped: MappedState) {
        switch mapped {
        case .running: self = .running
        case .stopped: self = .stopped
        }
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
            case .exec(let command):
                // The validation refuses an empty command.
                .exec(ExecProbe(program: command.first ?? "", arguments: Array(command.dropFirst())))
            case .log(let contains, let failsOn): .log(LogProbe(contains: contains, failsOn: failsOn))
            case .notify(let descriptor): .notify(descriptor: Int32(descriptor))
            case .metric(let url, let selector, let expectation):
                .metric(MetricProbe(url: url, selector: selector, condition: MetricProbe.Condition(expectation)))
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

extension MetricProbe.Condition {
    fileprivate init(_ expectation: ProbeSection.Expectation) {
        switch expectation {
        case .above(let bound): self = .above(bound)
        case .below(let bound): self = .below(bound)
        case .equals(let number): self = .equals(number)
        }
    }
}
