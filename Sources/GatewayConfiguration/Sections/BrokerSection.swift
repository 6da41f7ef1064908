public import YAML

/// The broker of the box.
public struct BrokerSection: Sendable, Equatable {
    /// Where the broker listens.
    public struct Listeners: Sendable, Equatable {
        /// Where clients connect.
        public let kafka: Endpoint
        /// Where the broker is administered and observed.
        public let admin: Endpoint
        /// Where brokers talk to each other.
        public let rpc: Endpoint
    }

    /// How long things may take.
    public struct Times: Sendable, Equatable {
        /// Time without traffic after which the broker counts as idle.
        public let idleAfter: Duration
        /// Time between the request to end and the kill.
        public let stopTimeout: Duration
        /// Time that a starting broker gets to become ready.
        public let startupTimeout: Duration
    }

    /// Where the broker stands in the tree, and when it is to run.
    public let place: ChildPlace
    /// How the program is run.
    public let execution: ExecutionSection
    /// The program and its first arguments, never empty; a program with a relative path has been made absolute.
    public let command: [String]
    /// Further arguments, after those that the gateway adds.
    public let arguments: [String]
    /// Where the broker keeps its data, absolute; nil is a folder of the gateway's own data directory.
    public let dataDirectory: String?
    /// Where the broker listens.
    public let listeners: Listeners
    /// Memory that the broker takes.
    public let memory: ByteCount
    /// Processor cores that it uses.
    public let cores: Int
    /// Whether it runs on file systems and machines that Redpanda does not recommend.
    public let isInDeveloperMode: Bool
    /// Content of `redpanda.yaml`, to be laid over what the gateway writes; always a mapping.
    public let properties: YAMLValue
    /// Cluster properties, to be set while the broker runs.
    public let cluster: [String: ClusterProperty]
    /// How long things may take.
    public let times: Times

    /// Reads validated fields; nil only where validation has reported that they lack a command.
    init?(_ object: ConfigurationObject, place: ChildPlace, folder: ConfigurationFolder) {
        guard let program = object[BrokerSchema.command].first else { return nil }
        self.place = place
        execution = ExecutionSection(object, .broker)
        command = [folder.program(program)] + object[BrokerSchema.command].dropFirst()
        arguments = object[BrokerSchema.arguments]
        dataDirectory = object[BrokerSchema.dataDirectory].map(folder.absolute)
        listeners = Listeners(
            kafka: object[BrokerSchema.kafka],
            admin: object[BrokerSchema.admin],
            rpc: object[BrokerSchema.rpc]
        )
        memory = object[BrokerSchema.memory]
        cores = object[BrokerSchema.cores]
        isInDeveloperMode = object[BrokerSchema.developerMode]
        properties = YAMLValue(object[BrokerSchema.properties])
        cluster = object[BrokerSchema.cluster].clusterProperties
        times = Times(
            idleAfter: object[BrokerSchema.idleAfter],
            stopTimeout: object[BrokerSchema.stopTimeout],
            startupTimeout: object[BrokerSchema.startupTimeout]
        )
    }
}
