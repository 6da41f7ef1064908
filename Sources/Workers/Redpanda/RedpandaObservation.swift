/// What a broker's worker last saw.
public struct RedpandaObservation: Sendable, Equatable {
    /// What is seen of the process.
    public var process: ProcessObservation
    /// What the broker says of itself; nil until it has answered.
    public var condition: BrokerCondition?
    /// Who holds the admin port instead of the broker, in words; nil while nobody else does.
    public var portHolder: String?
    /// The properties of the cluster that were set and read back in this run.
    public var properties: [String: BrokerProperty]?

    /// Creates an observation.
    public init(
        process: ProcessObservation = ProcessObservation(),
        condition: BrokerCondition? = nil,
        portHolder: String? = nil,
        properties: [String: BrokerProperty]? = nil
    ) {
        self.process = process
        self.condition = condition
        self.portHolder = portHolder
        self.properties = properties
    }
}
