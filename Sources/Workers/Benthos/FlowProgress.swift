import Supervision

/// Tells from a flow's counters whether data moves, and whether work waits while nothing comes out.
///
/// Counters alone show no broker that is gone: then all of them stand still, as they do in a flow without work. What
/// makes the difference is work that came in and was not finished: messages without an acknowledgement, or a lag.
struct FlowProgress: Sendable, Equatable {
    /// The counters of a whole flow; nil where the flow does not have them.
    struct Totals: Sendable, Equatable {
        var received: Int?
        /// How many batches of the inputs are finished: written, filtered out, or rejected.
        var acknowledged: Int?
        var sent: Int?
        /// Messages that wait in the source.
        var lag: Int?
        var outputErrors: Int?
    }

    private var last: Totals?
    private var movedAt: Moment?
    private var waitingSince: Moment?
    private var failingSince: Moment?
    /// Whether each message has its own acknowledgement, so that the difference is what is under way.
    private var isUnbatched = false
    /// Whether something may be under way that the counters cannot tell: it came in together with the last progress.
    private(set) var mayHoldWork = false

    /// Takes in the counters at a moment; counters that went back are those of a restarted flow.
    mutating func note(_ totals: Totals, at now: Moment) {
        guard let last, !totals.isBehind(last) else {
            self = FlowProgress()
            last = totals
            // What came in before the first look counts as well: an output that hangs from the start lets nothing more in.
            if totals.isUnfinished { waitingSince = now }
            return
        }
        if let received = totals.received, received > 1, received == totals.acknowledged { isUnbatched = true }
        let hasFailed = Self.rises(totals.outputErrors, last.outputErrors)
        let hasFinished = Self.rises(totals.acknowledged, last.acknowledged) && !hasFailed
        let hasProgress = Self.rises(totals.sent, last.sent) || hasFinished
        let hasArrived = Self.rises(totals.received, last.received)
        if hasProgress || hasArrived { movedAt = now }
        if hasProgress {
            waitingSince = hasBacklog(totals) ? now : nil
            failingSince = nil
            mayHoldWork = hasArrived && !isUnbatched
        } else {
            if hasArrived || hasBacklog(totals) { waitingSince = waitingSince ?? now }
            if hasFailed { failingSince = failingSince ?? now }
        }
        self.last = totals
    }

    /// Whether anything came in or out within a time.
    func isMoving(within limit: Duration, at now: Moment) -> Bool {
        movedAt.map { $0.duration(to: now) < limit } ?? false
    }

    /// Whether anything came in or out after a moment.
    func hasMoved(since moment: Moment) -> Bool {
        movedAt.map { $0 > moment } ?? false
    }

    /// For how long work has been waiting while nothing came out; nil while nothing waits.
    func waiting(at now: Moment) -> Duration? {
        waitingSince.map { $0.duration(to: now) }
    }

    /// For how long writing has failed while nothing came out; nil while it does not.
    func failing(at now: Moment) -> Duration? {
        failingSince.map { $0.duration(to: now) }
    }

    private func hasBacklog(_ totals: Totals) -> Bool {
        if let lag = totals.lag, lag > 0 { return true }
        guard isUnbatched, let received = totals.received, let acknowledged = totals.acknowledged else { return false }
        return received > acknowledged
    }

    private static func rises(_ now: Int?, _ before: Int?) -> Bool {
        guard let now, let before else { return false }
        return now > before
    }
}

extension FlowProgress.Totals {
    /// Whether work came in, and none of it is known to be finished.
    fileprivate var isUnfinished: Bool {
        let finished = [sent, acknowledged].compactMap(\.self)
        return (received ?? 0) > 0 && !finished.isEmpty && finished.allSatisfy { $0 == 0 }
    }

    /// Whether a counter is lower than before.
    fileprivate func isBehind(_ last: Self) -> Bool {
        [(received, last.received), (acknowledged, last.acknowledged), (sent, last.sent)].contains { now, before in
            guard let now, let before else { return false }
            return now < before
        }
    }
}

extension FlowProgress.Totals {
    /// What the figures of a flow say of the flow as a whole.
    init(_ figures: FlowFigures) {
        received = figures.received
        acknowledged = figures.inputs.total(\.latencyCount)
        sent = figures.sent
        lag = figures.inputs.total(\.lag)
        outputErrors = figures.outputs.total(\.error)
    }
}
