import GatewayConfiguration
import Probes
import ProcessControl
import Supervision
import Workers

extension DesiredState {
    init(_ mapped: MappedState) {
        switch mapped {
        case .running: self = .running
        case .stopped: self = .stopped
        }
    }
}

extension RestartPolicy {
    init(_ section: RestartSection) {
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
    init(_ section: ProbeSection) {
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

extension ProcessLimits {
    init(_ section: LimitsSection) {
        self.init(
            openFiles: section.nofile.map(UInt64.init),
            coreBytes: section.core.map { UInt64($0.bytes) },
            addressSpaceBytes: section.addressSpace.map { UInt64($0.bytes) },
            nice: section.nice,
            oomScoreAdjustment: section.oomScoreAdjustment,
            cpu: section.cpu,
            memoryBytes: section.memory.map { UInt64($0.bytes) },
            processes: section.processes
        )
    }
}

extension GatewayRestartPolicy {
    init(_ setting: ExecutionSection.OnGatewayRestart) {
        switch setting {
        case .adopt: self = .adopt
        case .stop: self = .stop
        }
    }
}
