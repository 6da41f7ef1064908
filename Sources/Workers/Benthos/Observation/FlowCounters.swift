/// Counters of one kind of component of a flow.
///
/// What was not reported is unknown (`nil`), not zero.
public protocol FlowCounters: Sendable, Equatable {
    /// Counters of which nothing is known.
    init()
}

/// What an input has counted since its process started.
public struct FlowInputCounters: FlowCounters {
    /// Connections made; an `http_server` input never counts any.
    public var connectionUp: Int?
    /// Attempts to connect that failed.
    public var connectionFailed: Int?
    /// Connections lost.
    public var connectionLost: Int?
    /// Messages received.
    public var received: Int?
    /// Messages whose way through the flow was timed: those that were delivered.
    public var latencyCount: Int?
    /// Messages that wait in the topics now, over all partitions; known for Kafka inputs.
    public var lag: Int?

    /// Counters of which nothing is known.
    public init() {}
}

/// What an output has counted since its process started.
public struct FlowOutputCounters: FlowCounters {
    /// Connections made.
    public var connectionUp: Int?
    /// Attempts to connect that failed.
    public var connectionFailed: Int?
    /// Connections lost.
    public var connectionLost: Int?
    /// Messages delivered.
    public var sent: Int?
    /// Batches delivered.
    public var batchSent: Int?
    /// Messages that could not be delivered, counted once for each attempt.
    public var error: Int?
    /// Messages that the output refused.
    public var rejected: Int?

    /// Counters of which nothing is known.
    public init() {}
}

/// What the processors of a flow have counted together since its process started.
public struct FlowProcessorCounters: FlowCounters {
    /// Messages received.
    public var received: Int?
    /// Messages passed on, failed ones included.
    public var sent: Int?
    /// Messages that a processor failed on.
    public var error: Int?

    /// Counters of which nothing is known.
    public init() {}
}

extension FlowCounters {
    /// Adds a reported value; one that is no count leaves the counter as it is.
    mutating func add(_ value: Double, to counter: WritableKeyPath<Self, Int?>) {
        guard let count = Int(count: value) else { return }
        self[keyPath: counter] = [self[keyPath: counter] ?? 0, count].saturatingSum
    }
}
