import Supervision
import Workers

/// What is known of one flow, and what was told of it already: decides what is news.
struct FlowAccount: Sendable {
    /// Something that is worth a line of the log.
    enum News: Sendable, Equatable {
        /// Work waits for longer than the flow may take, for this time so far.
        case stalled(waiting: Duration)
        /// Something came out after a stall, or nothing waits any more.
        case moving
        /// Another process holds the port of the flow.
        case portHeld(port: Int?, holder: String)
    }

    /// What was seen last; nil before the first observation.
    private(set) var observation: BenthosObservation?
    /// Whether the flow has stalled; nil while that is not known.
    private(set) var isStalled: Bool?
    /// How often the last good configuration was put back.
    private(set) var rollbacks = 0
    /// Whether the stall of the present process was told.
    private var isStallTold = false
    /// Who was told to hold the port of the present process.
    private var toldHolder: String?

    /// Takes in an observation.
    ///
    /// - Parameters:
    ///   - new: what was seen.
    ///   - stallAfter: how long work may wait before the flow counts as stalled.
    /// - Returns: what is news; nothing while things stay as they are.
    mutating func note(_ new: BenthosObservation, stallAfter: Duration) -> [News] {
        if new.process.phase != observation?.process.phase {
            // What was told of an earlier process says nothing of this one.
            (isStallTold, toldHolder) = (false, nil)
        }
        observation = new
        isStalled = new.condition?.isStalled(after: stallAfter)
        return [stallNews(new), holderNews(new)].compactMap(\.self)
    }

    /// Counts that the last good configuration was put back.
    mutating func noteRollback() {
        rollbacks += 1
    }

    private mutating func stallNews(_ new: BenthosObservation) -> News? {
        switch (isStalled, isStallTold) {
        case (true, false):
            isStallTold = true
            return .stalled(waiting: new.condition?.knownWaiting ?? .zero)
        case (false, true):
            isStallTold = false
            return .moving
        case (true, true), (false, false), (nil, _):
            return nil
        }
    }

    private mutating func holderNews(_ new: BenthosObservation) -> News? {
        let holder = new.process.isRunning ? new.portHolder : nil
        guard holder != toldHolder else { return nil }
        toldHolder = holder
        return holder.map { .portHeld(port: new.port, holder: $0) }
    }
}

extension FlowCondition {
    /// For how long work has been waiting; nil where the counters do not tell.
    var knownWaiting: Duration? {
        waiting ?? (figures == nil ? nil : .zero)
    }

    /// Whether work has been waiting for too long; nil where that is not known.
    fileprivate func isStalled(after limit: Duration) -> Bool? {
        guard let knownWaiting else { return nil }
        return waiting != nil && knownWaiting >= limit
    }
}
