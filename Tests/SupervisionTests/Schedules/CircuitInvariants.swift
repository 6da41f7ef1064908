@testable import Supervision

/// What must hold of every circuit, whatever happens.
struct CircuitInvariants {
    /// What is remembered of one supervisor's circuit.
    private struct Memory {
        var lastAttemptAt: Moment?
        /// How long nothing may be attempted after the last attempt.
        var delay = Duration.zero
        var escalations = 0
        var overdueTicks = 0
    }

    /// The supervisors that were restarted in this tick, and those whose parents have taken over a changed declaration.
    var restarts: [WorkerIdentity] = []
    var updated: Set<HierarchyPath> = []
    private var now = Moment.start
    /// The children that circuits may have restarted in this tick.
    private var attempted: Set<HierarchyPath> = []
    private var memories: [SupervisorID: Memory] = [:]

    mutating func begin(at now: Moment) {
        self.now = now
        restarts = []
        updated = []
        attempted = []
    }

    mutating func forget(_ id: SupervisorID) {
        memories[id] = nil
    }

    mutating func follow(
        _ identity: WorkerIdentity,
        _ change: CircuitChange,
        _ report: CircuitReport,
        _ policy: CircuitPolicy
    ) throws {
        var memory = memories[identity.id] ?? Memory()
        if let child = report.failure?.child { attempted.insert(identity.path.appending(child)) }
        switch change {
        case .opened:
            memory.escalations = 0
            memory.delay = policy.backoff.base
        case .escalated:
            memory.escalations += 1
            guard memory.escalations == 1 else {
                throw ScheduleViolation("an incident escalates once", "\(identity) \(report)")
            }
        case .reset: memory = Memory()
        case .stillOpen, .attemptFailed, .lastAttempt, .recovered: break
        }
        memories[identity.id] = memory
    }

    /// Checks a circuit after a tick; `isFree` says that nothing above holds the supervisor back.
    mutating func check(_ supervisor: Supervisor, isFree: Bool, _ tree: TreeHarness) throws {
        guard let incident = supervisor.health.circuit.incident else { return }
        let policy = tree.settings.circuit
        let report = supervisor.health.circuit.report(at: now, policy)
        guard report.attempts <= policy.maxAttempts else {
            throw ScheduleViolation("failed attempts stay within the policy", "\(supervisor.identity) \(report)")
        }
        guard report.nextRetryIn <= policy.backoff.cap else {
            throw ScheduleViolation("an open circuit has a next retry", "\(supervisor.identity) \(report)")
        }
        var memory = memories[supervisor.identity.id] ?? Memory()
        if report.nextRetryIn > .zero, report.nextRetryIn == report.backoffDelay {
            attempted.insert(supervisor.identity.path.appending(incident.failure.child))
            try noteAttempt(supervisor.identity, report, policy, &memory)
        }
        try checkOverdue(supervisor, report, isFree: isFree, &memory)
        memories[supervisor.identity.id] = memory
    }

    /// Every restart in a tick was brought about by a circuit's attempt, or by a changed specification.
    func checkRestarts() throws {
        for identity in restarts where !attempted.contains(identity.path) {
            guard let parent = identity.path.parent, updated.contains(parent) else {
                throw ScheduleViolation("every restart has a reason", "\(identity)")
            }
        }
    }

    private func noteAttempt(
        _ identity: WorkerIdentity,
        _ report: CircuitReport,
        _ policy: CircuitPolicy,
        _ memory: inout Memory
    ) throws {
        guard memory.lastAttemptAt != now else { return }
        if let last = memory.lastAttemptAt, last.duration(to: now) < memory.delay {
            throw ScheduleViolation("attempts keep their distance", "\(identity) \(report) after \(last)")
        }
        memory.lastAttemptAt = now
        let isSpent = report.attempts >= policy.maxAttempts
        memory.delay = isSpent ? policy.backoff.cap : policy.backoff.delay(afterAttempts: report.attempts)
        guard report.backoffDelay == memory.delay else {
            throw ScheduleViolation("attempts keep their distance", "\(identity) \(report)")
        }
    }

    /// An attempt that is due is made, unless the last one may still succeed.
    private func checkOverdue(
        _ supervisor: Supervisor,
        _ report: CircuitReport,
        isFree: Bool,
        _ memory: inout Memory
    ) throws {
        let position = supervisor.children.positions[report.failure?.child ?? ""]
        let blamed = position.flatMap { supervisor.slots[$0].supervisor }
        let isYoung = blamed.map { $0.createdAt.duration(to: now) < .seconds(20) } ?? true
        guard isFree, report.nextRetryIn == .zero, !isYoung, blamed?.isReady == false else {
            memory.overdueTicks = 0
            return
        }
        memory.overdueTicks += 1
        guard memory.overdueTicks <= 2 else {
            throw ScheduleViolation("an open circuit has a next retry", "\(supervisor.identity) \(report)")
        }
    }
}
