/// Repeats one probe until its task is cancelled, and reports every change of the judgement.
///
/// The owner runs ``run()`` in a task of its own, one for each start of the child, cancels it and awaits it. Two probes
/// of one runner never overlap: a probe that outlasts its period delays the next one.
public struct ProbeRunner<C: Clock>: Sendable where C.Duration == Duration {
    private let configuration: ProbeConfiguration
    private let prober: any Prober
    private let clock: C
    private let report: @Sendable (ProbeOutcome) -> Void

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - configuration: Delay, period, timeout and thresholds.
    ///   - prober: Asks the question once.
    ///   - clock: Measures delay and period; the timeout is the prober's and runs in real time.
    ///   - report: Called from the runner's task with every new judgement; must not block.
    public init(
        configuration: ProbeConfiguration,
        prober: any Prober,
        clock: C,
        report: @escaping @Sendable (ProbeOutcome) -> Void
    ) {
        self.configuration = configuration
        self.prober = prober
        self.clock = clock
        self.report = report
    }

    /// Probes until the task is cancelled.
    ///
    /// Suspends for as long as the child is probed. The result of a probe that was under way at the cancellation is
    /// thrown away.
    public func run() async {
        var evaluator = ProbeEvaluator(
            failureThreshold: configuration.failureThreshold,
            successThreshold: configuration.successThreshold
        )
        var next = clock.now.advanced(by: configuration.initialDelay)
        while await wait(until: next) {
            next = clock.now.advanced(by: configuration.period)
            let failure = await probeOnce()
            if Task.isCancelled { return }
            if let outcome = evaluator.record(failure: failure) {
                report(outcome)
            }
        }
    }

    /// Waits, and tells whether the runner is to go on.
    private func wait(until deadline: C.Instant) async -> Bool {
        guard deadline > clock.now else { return !Task.isCancelled }
        do {
            try await clock.sleep(until: deadline, tolerance: nil)
            return true
        } catch {
            return false
        }
    }

    private func probeOnce() async -> ProbeFailure? {
        do throws(ProbeFailure) {
            try await prober.probe(within: configuration.timeout)
            return nil
        } catch {
            return error
        }
    }
}
