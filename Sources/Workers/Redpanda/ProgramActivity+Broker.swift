extension ProgramActivity {
    /// Judges the condition of a broker, which is active while data is produced or consumed; nil before its first answer.
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
