/// The decisions of a supervisor's circuit breaker.
///
/// The circuit opens with the first failure, and the first attempt to recover is made at once unless the last one was
/// made less than the base delay ago. An attempt counts as failed when something is still wrong at the time of the next
/// one: with n failed attempts that time is `backoff.delay(n)` after the last. After the last attempt has failed the
/// incident escalates, and attempts go on at the longest delay without being counted.
struct CircuitBreaker: Equatable {
    /// What the supervisor has to do.
    enum Step: Equatable {
        case tell(CircuitChange)
        /// Restart the child that the failure blames.
        case repair
    }

    /// From the opening of the circuit to its closing.
    struct Incident: Equatable {
        var failure: CheckFailure
        let openedAt: Moment
        var windowStart: Moment
        var lastToldAt: Moment
        var attempts = 0
        var isAttempted = false
        var isEscalated = false
    }

    private(set) var incident: Incident?
    /// Kept when the circuit closes, so that one that opens and closes all the time restarts nothing at that pace.
    private var lastAttemptAt: Moment?
    private var backoffDelay = Duration.zero

    var isEscalated: Bool { incident?.isEscalated ?? false }

    /// Whether none of the children is to be acted on.
    var pausesAll: Bool { incident?.failure.impact == .allWorkers }

    /// Notes that something is wrong.
    ///
    /// - Parameters:
    ///   - failure: what is wrong.
    ///   - now: the time.
    ///   - isRecovering: whether the last attempt still has time left to succeed.
    ///   - settings: when and how often recovery is attempted.
    /// - Returns: what to do, in this order.
    mutating func fail(
        _ failure: CheckFailure,
        at now: Moment,
        isRecovering: Bool,
        _ settings: SupervisionSettings
    ) -> [Step] {
        var steps: [Step] = []
        var current = incident ?? Incident(failure: failure, openedAt: now, windowStart: now, lastToldAt: now)
        current.failure = failure
        if incident == nil {
            backoffDelay = settings.circuit.backoff.base
            steps.append(.tell(.opened))
        }
        incident = current
        if now >= nextRetryAt(orNow: now), !isRecovering {
            steps += retry(at: now, settings.circuit)
        } else if steps.isEmpty, current.lastToldAt.duration(to: now) >= settings.circuitReportInterval {
            steps = [.tell(.stillOpen)]
        }
        if !steps.isEmpty { incident?.lastToldAt = now }
        return steps
    }

    /// Closes the circuit and forgets the attempts.
    mutating func close() { incident = nil }

    /// Closes the circuit; the next failure is acted on at once.
    mutating func reset() {
        incident = nil
        lastAttemptAt = nil
    }

    /// Describes the circuit.
    func report(at now: Moment, _ policy: CircuitPolicy, status: RecoveryStatus? = nil) -> CircuitReport {
        CircuitReport(
            failure: incident?.failure,
            attempts: incident?.attempts ?? 0,
            maxAttempts: policy.maxAttempts,
            backoffDelay: incident == nil ? .zero : backoffDelay,
            downtime: incident.map { max(.zero, $0.openedAt.duration(to: now)) } ?? .zero,
            nextRetryIn: incident == nil ? .zero : max(.zero, now.duration(to: nextRetryAt(orNow: now))),
            status: status ?? self.status(policy)
        )
    }

    /// Up to half of the attempts the recovery counts as being attempted, then as failing persistently: with five that
    /// is the table of the specification.
    private func status(_ policy: CircuitPolicy) -> RecoveryStatus {
        guard let incident else { return .healthy }
        if incident.isEscalated { return .escalated }
        if incident.attempts >= policy.maxAttempts { return .escalationImminent }
        return incident.attempts * 2 <= policy.maxAttempts ? .attemptingRecovery : .persistentFailure
    }

    private func nextRetryAt(orNow now: Moment) -> Moment {
        lastAttemptAt?.advanced(by: backoffDelay) ?? now
    }

    private mutating func retry(at now: Moment, _ policy: CircuitPolicy) -> [Step] {
        guard var current = incident else { return [] }
        var steps: [Step] = []
        if current.isAttempted, !current.isEscalated {
            if current.windowStart.duration(to: now) > policy.attemptWindow {
                current.windowStart = now
                current.attempts = 0
            }
            current.attempts += 1
            steps.append(.tell(.attemptFailed))
            if current.attempts == policy.maxAttempts - 1 { steps.append(.tell(.lastAttempt)) }
        }
        let escalates = current.attempts >= policy.maxAttempts && !current.isEscalated
        backoffDelay =
            current.attempts >= policy.maxAttempts
            ? policy.backoff.cap : policy.backoff.delay(afterAttempts: current.attempts)
        lastAttemptAt = now
        steps.append(escalates ? .tell(.escalated) : .repair)
        current.isAttempted = true
        incident = current
        return steps
    }

    /// Notes that the escalation was told.
    mutating func markEscalated() { incident?.isEscalated = true }
}
