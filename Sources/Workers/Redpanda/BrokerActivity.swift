/// What a running broker does.
public enum BrokerActivity: Sendable, Equatable {
    /// It has not answered yet.
    case unknown
    /// Nothing was produced or consumed for a while.
    case idle
    /// Data is produced or consumed.
    case active
    /// It does not do all that it should.
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

    /// Judges the condition of a broker; nil before its first answer.
    init(_ condition: BrokerCondition?) {
        guard let condition else {
            self = .unknown
            return
        }
        if let degradation = condition.degradation {
            self = .degraded(degradation)
        } else {
            self = condition.isMoving ? .active : .idle
        }
    }
}
