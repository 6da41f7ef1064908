import Supervision

/// Follows one run of a broker from answer to answer.
struct BrokerWatch: Sendable {
    /// What one look at the broker has shown; what was not asked this time is nil.
    struct Look: Sendable {
        var readiness: BrokerCondition.Readiness
        /// Why clients cannot connect; nil where they can.
        var unreachable: String?
        var health: BrokerHealth?
        var figures: BrokerFigures?
        var logTrouble: String?
    }

    private var unreadyLooks = 0
    private var unreachableLooks = 0
    private var unhealthyLooks = 0
    private var complaints: [String] = []
    private var readySince: Moment?
    private var figures: BrokerFigures?
    private var movedAt: Moment?

    /// Takes in a look.
    ///
    /// - Parameters:
    ///   - look: what was seen.
    ///   - idleAfter: how long nothing must have moved for the broker to be idle.
    ///   - now: when.
    /// - Returns: the broker's condition.
    mutating func note(_ look: Look, idleAfter: Duration, at now: Moment) -> BrokerCondition {
        unreadyLooks = look.readiness == .ready ? 0 : unreadyLooks + 1
        unreachableLooks = look.unreachable == nil ? 0 : unreachableLooks + 1
        readySince = unreadyLooks == 0 && unreachableLooks == 0 ? readySince ?? now : nil
        if let health = look.health {
            complaints = health.complaints
            unhealthyLooks = complaints.isEmpty ? 0 : unhealthyLooks + 1
        }
        if let next = look.figures {
            if next.hasMoved(since: figures) { movedAt = now }
            figures = next
        }
        return BrokerCondition(
            readiness: look.readiness,
            unreadyLooks: unreadyLooks,
            readyFor: readySince?.duration(to: now) ?? .zero,
            unreachable: look.unreachable,
            unreachableLooks: unreachableLooks,
            complaints: complaints,
            unhealthyLooks: unhealthyLooks,
            logTrouble: look.logTrouble,
            isMoving: movedAt.map { $0.duration(to: now) < idleAfter } ?? false,
            figures: figures
        )
    }
}

extension BrokerFigures {
    /// Whether clients have written or read anything between two looks.
    fileprivate func hasMoved(since last: BrokerFigures?) -> Bool {
        guard let last else { return false }
        return kafka.producedBytes ?? 0 > last.kafka.producedBytes ?? 0
            || kafka.consumedBytes ?? 0 > last.kafka.consumedBytes ?? 0
    }
}

extension BrokerHealth {
    /// What the cluster complains of, in words; empty where it is healthy or does not say.
    fileprivate var complaints: [String] {
        guard isHealthy == false else { return [] }
        let reasons = unhealthyReasons?.map(\.inWords) ?? []
        return reasons.isEmpty ? ["no reason given"] : reasons
    }
}

extension BrokerHealth.Reason {
    fileprivate var inWords: String {
        switch self {
        case .nodesDown: "nodes down"
        case .leaderlessPartitions: "leaderless partitions"
        case .underReplicatedPartitions: "under-replicated partitions"
        case .noElectedController: "no elected controller"
        case .noHealthReport: "no health report"
        case .other(let word): word
        }
    }
}
