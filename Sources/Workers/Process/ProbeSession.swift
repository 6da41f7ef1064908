import Probes

/// Probes one process from its start to its end: the startup probe first, the others once it has succeeded.
struct ProbeSession: Sendable {
    /// The probes that a process can have.
    enum Probe: Sendable {
        case startup
        case readiness
        case liveness
    }

    let probes: ProcessProbes
    let probers: ProberFactory
    let target: ProbeTarget
    let report: @Sendable (Probe, ProbeVerdict) -> Void

    /// Probes until the task is cancelled.
    func run() async {
        if let startup = probes.startup { await runUntilPassing(startup) }
        await withDiscardingTaskGroup { group in
            if let readiness = probes.readiness {
                group.addTask { await makeRunner(readiness) { report(.readiness, $0) }.run() }
            }
            if let liveness = probes.liveness {
                group.addTask { await makeRunner(liveness) { report(.liveness, $0) }.run() }
            }
        }
    }

    private func runUntilPassing(_ configuration: ProbeConfiguration) async {
        let (passed, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let runner = makeRunner(configuration) { verdict in
            report(.startup, verdict)
            if verdict == .passing { signal.finish() }
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await runner.run() }
            for await _ in passed {}
            group.cancelAll()
        }
    }

    private func makeRunner(
        _ configuration: ProbeConfiguration,
        _ note: @escaping @Sendable (ProbeVerdict) -> Void
    ) -> ProbeRunner<ContinuousClock> {
        ProbeRunner(
            configuration: configuration,
            prober: probers.prober(for: configuration.kind, of: target),
            clock: ContinuousClock(),
            report: { note(ProbeVerdict($0)) }
        )
    }
}

extension ProbeVerdict {
    fileprivate init(_ outcome: ProbeOutcome) {
        switch outcome.status {
        case .unknown: self = .pending(lastFailure: outcome.lastFailure?.description)
        case .passing: self = .passing
        case .failing: self = .failing(outcome.lastFailure?.description ?? "failed")
        }
    }
}
