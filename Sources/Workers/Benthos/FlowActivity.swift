/// What a running flow does.
public enum FlowActivity: Sendable, Equatable {
    /// It has not answered yet.
    case unknown
    /// It is connected and has moved nothing for a while.
    case idle
    /// It is connected and moves data.
    case active
    /// It is not connected, moves nothing although there is something to move, or fails to write.
    case degraded(String)

    /// The name of the state.
    var name: String {
        switch self {
        case .unknown: "starting"
        case .idle: "idle"
        case .active: "active"
        case .degraded: "degraded"
        }
    }

    /// Judges the condition of a flow.
    ///
    /// - Parameters:
    ///   - condition: what was seen of it; nil before its first answer.
    ///   - stallAfter: how long work may wait without any progress.
    init(_ condition: FlowCondition?, stallAfter: Duration) {
        guard let condition else {
            self = .unknown
            return
        }
        if let stall = condition.stall(after: stallAfter) {
            self = .degraded(stall)
        } else if let reason = condition.unreadiness {
            self = .degraded(reason)
        } else if let failing = condition.failing {
            self = .degraded(failing)
        } else {
            self = condition.isMoving ? .active : .idle
        }
    }
}
