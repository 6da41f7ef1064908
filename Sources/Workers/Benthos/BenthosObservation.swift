/// What a flow's worker last saw.
public struct BenthosObservation: Sendable, Equatable, ProgramObserved {
    /// What is seen of the process.
    public var process: ProcessObservation
    /// What the flow says of itself; nil until it has answered.
    public var condition: FlowCondition?
    /// The port of its HTTP server on the loopback interface; nil before the first start.
    public var port: Int?
    /// Who holds that port instead of the flow, in words; nil while nobody else does.
    public var portHolder: String?
    /// The configuration that the process was started with; nil while none runs.
    public var running: FlowRevision?
    /// The configuration on disk with which the flow was ready last; nil where there is none.
    public var lastGood: FlowRevision?
    /// The wanted configuration, where it did not get through its check or its trial.
    public var refused: FlowRefusal?

    /// Creates an observation.
    public init(
        process: ProcessObservation = ProcessObservation(),
        condition: FlowCondition? = nil,
        port: Int? = nil,
        portHolder: String? = nil,
        running: FlowRevision? = nil,
        lastGood: FlowRevision? = nil,
        refused: FlowRefusal? = nil
    ) {
        self.process = process
        self.condition = condition
        self.port = port
        self.portHolder = portHolder
        self.running = running
        self.lastGood = lastGood
        self.refused = refused
    }

    /// Whether the flow runs, is connected, and is who it should be.
    public var isReady: Bool {
        guard process.isRunning, portHolder == nil, let condition else { return false }
        return condition.unreadiness == nil
    }
}
