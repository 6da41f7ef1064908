import Testing

@testable import Supervision

@Suite struct CircuitBreakerTests {
    private let failure = CheckFailure(check: "check", child: "child", description: "bad", impact: .allWorkers)
    private let settings = SupervisionSettings()

    private func at(_ seconds: Double) -> Moment { Moment(sinceStart: .seconds(seconds)) }

    /// Fails at every tenth of a second of a time and returns what was done when, the reports left out.
    private func run(_ circuit: inout CircuitBreaker, from start: Int = 0, through end: Int) -> [String] {
        var log: [String] = []
        for tenth in start * 10...end * 10 {
            let now = at(Double(tenth) / 10)
            for step in circuit.fail(failure, at: now, isRecovering: false, settings) {
                if step == .tell(.escalated) { circuit.markEscalated() }
                guard step != .tell(.stillOpen) else { continue }
                log.append("\(Double(tenth) / 10) \(step)")
            }
        }
        return log
    }

    @Test("five attempts are made at once and after 1, 2, 4, 8 seconds; after 16 more the incident escalates")
    func dueTimes() {
        var circuit = CircuitBreaker()
        #expect(
            run(&circuit, through: 31) == [
                "0.0 tell(Supervision.CircuitChange.opened)", "0.0 repair",
                "1.0 tell(Supervision.CircuitChange.attemptFailed)", "1.0 repair",
                "3.0 tell(Supervision.CircuitChange.attemptFailed)", "3.0 repair",
                "7.0 tell(Supervision.CircuitChange.attemptFailed)", "7.0 repair",
                "15.0 tell(Supervision.CircuitChange.attemptFailed)",
                "15.0 tell(Supervision.CircuitChange.lastAttempt)", "15.0 repair",
                "31.0 tell(Supervision.CircuitChange.attemptFailed)",
                "31.0 tell(Supervision.CircuitChange.escalated)",
            ])
    }

    @Test("after the escalation attempts go on at the cap for ever and are not counted")
    func probing() {
        var circuit = CircuitBreaker()
        _ = run(&circuit, through: 31)
        #expect(run(&circuit, from: 32, through: 220) == ["91.0 repair", "151.0 repair", "211.0 repair"])
        #expect(circuit.report(at: at(220), settings.circuit).attempts == 5)
        #expect(circuit.report(at: at(220), settings.circuit).status == .escalated)
    }

    @Test(
        "the number of failed attempts says how the recovery goes",
        arguments: zip(
            [0, 1, 3, 7, 15],
            [0, 1, 2, 3, 4].map { ($0, $0 < 3 ? RecoveryStatus.attemptingRecovery : .persistentFailure) }
        ))
    func status(second: Int, expected: (attempts: Int, status: RecoveryStatus)) {
        var circuit = CircuitBreaker()
        _ = run(&circuit, through: second)
        let report = circuit.report(at: at(Double(second)), settings.circuit)
        #expect(report.attempts == expected.attempts)
        #expect(report.status == expected.status)
        #expect(report.backoffDelay == settings.circuit.backoff.delay(afterAttempts: expected.attempts))
        #expect(report.nextRetryIn == report.backoffDelay)
        #expect(report.downtime == .seconds(second))
    }

    @Test("at the moment of the escalation it is imminent, after that it is made")
    func imminence() {
        var circuit = CircuitBreaker()
        _ = run(&circuit, through: 30)
        _ = circuit.fail(failure, at: at(31), isRecovering: false, settings)
        #expect(circuit.report(at: at(31), settings.circuit).status == .escalationImminent)
        circuit.markEscalated()
        #expect(circuit.report(at: at(31), settings.circuit).status == .escalated)
    }

    @Test("a failure after the end of the attempt window begins a new window with no attempts counted")
    func window() {
        var circuit = CircuitBreaker()
        _ = run(&circuit, through: 15)
        #expect(circuit.report(at: at(15), settings.circuit).attempts == 4)
        #expect(circuit.fail(failure, at: at(301), isRecovering: false, settings).contains(.repair))
        #expect(circuit.report(at: at(301), settings.circuit).attempts == 1)
    }

    @Test("while the last attempt may still succeed no other is made")
    func recovering() {
        var circuit = CircuitBreaker()
        _ = circuit.fail(failure, at: at(0), isRecovering: false, settings)
        for second in 1...59 {
            let steps = circuit.fail(failure, at: at(Double(second)), isRecovering: true, settings)
            #expect(steps == [.tell(.stillOpen)])
        }
        #expect(circuit.fail(failure, at: at(60), isRecovering: false, settings).contains(.repair))
    }

    @Test("an open circuit is reported once per interval, not in every tick")
    func reports() {
        var circuit = CircuitBreaker()
        var reports = 0
        for tenth in 0...100 {
            let steps = circuit.fail(failure, at: at(Double(tenth) / 10), isRecovering: true, settings)
            reports += steps.count { $0 == .tell(.stillOpen) }
        }
        #expect(reports == 10)
    }

    @Test("a circuit that opens again right after it closed waits for the delay before it restarts anything")
    func reopening() {
        var circuit = CircuitBreaker()
        #expect(circuit.fail(failure, at: at(0), isRecovering: false, settings) == [.tell(.opened), .repair])
        circuit.close()
        #expect(circuit.fail(failure, at: at(0.5), isRecovering: false, settings) == [.tell(.opened)])
        #expect(circuit.fail(failure, at: at(1), isRecovering: false, settings) == [.repair])
        #expect(circuit.report(at: at(1), settings.circuit).attempts == 0)
    }

    @Test("after a reset the next failure is acted on at once and no attempt is counted")
    func reset() {
        var circuit = CircuitBreaker()
        _ = run(&circuit, through: 40)
        circuit.reset()
        #expect(circuit.report(at: at(40), settings.circuit).status == .healthy)
        #expect(circuit.fail(failure, at: at(40.1), isRecovering: false, settings) == [.tell(.opened), .repair])
    }

    @Test("a time that jumps back or ahead makes no attempt come early and no duration negative")
    func jumps() {
        var circuit = CircuitBreaker()
        _ = run(&circuit, through: 7)
        #expect(circuit.fail(failure, at: at(2), isRecovering: false, settings).isEmpty)
        #expect(circuit.report(at: at(-5), settings.circuit).downtime == .zero)
        let ahead = circuit.fail(failure, at: at(1_000_000), isRecovering: false, settings)
        #expect(ahead.count { $0 == .repair } == 1)
    }
}
