/// What a broker's worker last saw.
public struct RedpandaObservation: Sendable, Equatable, ProgramObserved {
    /// What is seen of the process.
    public var process: ProcessObservation
    /// What the broker says of itself; nil until it has answered.
    public var condition: BrokerCondition?
    /// Who holds the admin port instead of the broker, in words; nil while nobody else does.
    public var portHolder: String?
    /// What the log of this process, or of the one that has ended, says that hampers the broker, or nil.
    public var logTrouble: String?
    /// The properties of the cluster that were set and read back in this run.
    public var properties: [String: BrokerProperty]?

    /// Creates an observation.
    public init(
        process: ProcessObservation = ProcessObservation(),
        condition: BrokerCondition? = nil,
        portHolder: String? = nil,
        logTrouble: String? = nil,
        properties: [String: BrokerProperty]? = nil
    ) {
        self.process = process
        self.condition = condition
        self.portHolder = portHolder
        self.logTrouble = logTrouble
        self.properties = properties
    }
}
