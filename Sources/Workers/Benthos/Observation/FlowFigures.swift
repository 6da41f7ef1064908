/// What a flow reports of itself on `/metrics`: the counters of its components since its process started.
///
/// Metrics that the flow's configuration renames or prefixes are not found and are unknown.
public struct FlowFigures: Sendable, Equatable {
    /// The inputs.
    public internal(set) var inputs = FlowComponents<FlowInputCounters>()
    /// The outputs.
    public internal(set) var outputs = FlowComponents<FlowOutputCounters>()
    /// The sums over all processors.
    public internal(set) var processors = FlowProcessorCounters()

    /// Reads the answer of `/metrics`.
    ///
    /// - Parameter answer: The answer.
    /// - Throws: `unexpectedStatus`, `notPrometheus` or `invalidExposition`.
    public init(_ answer: EndpointAnswer) throws(AnswerError) {
        try answer.require(status: 200)
        var visitor = FlowFiguresVisitor()
        try answer.visit(with: &visitor)
        self = visitor.figures
    }

    init() {}

    /// The connections that all outputs hold: made less lost.
    ///
    /// Unknown where an output does not count both, and where there is no output. A configuration that was reloaded
    /// counts its connections anew without losing the old ones, so ``FlowReadiness`` decides whether a flow is
    /// connected.
    public var liveOutputConnections: Int? {
        var live: [Int] = []
        for output in outputs.all {
            guard let up = output.connectionUp, let lost = output.connectionLost else { return nil }
            live.append(max(0, up - lost))
        }
        return live.saturatingSum
    }

    /// Messages that the inputs have received.
    public var received: Int? { inputs.total(\.received) }

    /// Messages that the outputs have delivered.
    public var sent: Int? { outputs.total(\.sent) }

    /// Failures of outputs and processors together.
    public var errors: Int? {
        [outputs.total(\.error), processors.error].compactMap(\.self).saturatingSum
    }
}
