import Workers

/// What is known of a child while a reload waits for it.
struct ChildNews: Sendable, Equatable {
    /// What a flow's worker has seen since the watch began.
    struct Flow: Sendable, Equatable {
        /// The configuration that the flow's process was started with.
        var running: FlowRevision?
        /// The configuration with which the flow was ready last.
        var lastGood: FlowRevision?
        /// Whether the flow is connected.
        var isReady: Bool
    }

    /// Whether others may rely on the child.
    var isReady = false
    /// The name of the state that it has moved to; nil before its first move.
    var state: String?
    /// Whether its worker was told of another configuration, or was made with it.
    var isTold = false
    /// Whether a fresh worker is to take the place of the one that is there.
    var isBeingReplaced = false
    /// What was seen of a flow.
    var flow: Flow?
    /// The configuration of a flow that did not get through its trial.
    var rollback: FlowRefusal?

    /// Begins anew: what was told before is no answer to what is asked now.
    mutating func forget() {
        isTold = false
        flow = nil
        rollback = nil
    }
}

extension ChildNews.Flow {
    init(_ observation: BenthosObservation) {
        self.init(running: observation.running, lastGood: observation.lastGood, isReady: observation.isReady)
    }
}
