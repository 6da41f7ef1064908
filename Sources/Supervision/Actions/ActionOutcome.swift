/// How an action ended.
public struct ActionOutcome: Sendable, Equatable {
    /// The kinds of ending; the raw values label metrics.
    public enum Result: Sendable, Equatable {
        /// It did what it should.
        case success
        /// It threw; the text is the error's description.
        case failure(String)
        /// It was cancelled at its deadline.
        case timeout
        /// It ignored its cancellation and was given up.
        case abandoned

        /// The value of the metric label `status`.
        public var label: String {
            switch self {
            case .success: "success"
            case .failure: "failure"
            case .timeout: "timeout"
            case .abandoned: "abandoned"
            }
        }
    }

    /// Tells the action from all others: random, so that it does so also after a restart of the program.
    public internal(set) var id: UInt64 = 0
    /// The action's name.
    public let name: String
    /// Which attempt it was, from 1.
    public internal(set) var attempt = 1
    /// How it ended.
    public let result: Result
    /// When it ended.
    public let endedAt: Moment
    /// How long it ran, the time in the queue not counted.
    public let duration: Duration

    /// When it was begun.
    public var startedAt: Moment { Moment(sinceStart: endedAt.sinceStart - duration) }
}
