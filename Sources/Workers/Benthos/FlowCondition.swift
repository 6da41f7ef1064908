/// What a running flow says of itself, and what follows from how that changed.
///
/// Three signals together, because each alone can be wrong: what `/ready` says, the connection counters, and progress. A
/// Benthos whose broker is gone goes on saying that it is ready.
public struct FlowCondition: Sendable, Equatable {
    /// What the flow answered to the question whether it is ready.
    public enum Readiness: Sendable, Equatable {
        /// All connections are up.
        case ready
        /// Some connection is not up.
        case notReady(String)
        /// There was no proper answer.
        case unanswered(String)
    }

    /// What fails in a flow whose connections are up.
    public enum Failure: Sendable, Equatable {
        /// The flow says in its log that a connection is missing, and nothing has moved since.
        case connection(String)
        /// Writing fails, and nothing came out for a time.
        case outputs(Duration)
        /// Processors fail; the messages go on as they are.
        case processors
    }

    /// What the flow answered last.
    public var readiness: Readiness
    /// How many answers in a row were not that it is ready.
    public var failures: Int
    /// Whether the flow was ready before in this run.
    public var hasBeenReady = false
    /// How often the flow became unready within ``FlowWatch/flapWindow``.
    public var flaps: Int
    /// Whether data has moved of late.
    public var isMoving: Bool
    /// For how long work has been waiting while nothing came out; nil while nothing waits.
    public var waiting: Duration?
    /// What fails although the flow says that it is ready; nil while nothing does.
    public var failure: Failure?
    /// The counters; nil where they could not be read.
    public var figures: FlowFigures?

    /// How many answers in a row must not be that it is ready before that counts as trouble; source: the default of
    /// Kubernetes' `failureThreshold`.
    static let failureThreshold = 3
    /// How often a flow must become unready within ``FlowWatch/flapWindow`` to count as flapping.
    static let flapThreshold = 5

    /// Why others cannot rely on the flow, or nil.
    var unreadiness: String? {
        switch readiness {
        case .ready: nil
        case .notReady(let reason), .unanswered(let reason): reason
        }
    }

    /// What fails although the flow says that it is ready, in words, or nil.
    var failing: String? {
        switch failure {
        case nil: nil
        case .connection(let reason): reason
        case .outputs(let duration): "writing has failed for \(duration.inWholeSeconds)"
        case .processors: "processors fail, see processor_error in its metrics"
        }
    }

    /// That the flow has stalled, in words, or nil.
    func stall(after limit: Duration) -> String? {
        guard let waiting, waiting >= limit else { return nil }
        let stall = "stalled: messages have been waiting for \(waiting.inWholeSeconds), and none came out"
        guard case .connection(let reason) = failure else { return stall }
        return "\(stall): \(reason)"
    }
}

extension Duration {
    /// The duration in seconds, such as `31 s`.
    var inWholeSeconds: String { "\(components.seconds) s" }
}
