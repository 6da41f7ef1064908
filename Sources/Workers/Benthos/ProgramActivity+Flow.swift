extension ProgramActivity {
    /// Judges the condition of a flow: one that is not connected, moves nothing although there is something to move, or
    /// fails to write is degraded.
    ///
    /// - Parameters:
    ///   - condition: what was seen of it; nil before its first answer.
    ///   - stallAfter: how long work may wait without any progress.
    init(_ condition: FlowCondition?, stallAfter: Duration) {
        guard let condition else {
            self = .unknown
            return
        }
        if let trouble = condition.stall(after: stallAfter) ?? condition.unreadiness ?? condition.failing {
            self = .degraded(trouble)
        } else {
            self = condition.isMoving ? .active : .idle
        }
    }
}
