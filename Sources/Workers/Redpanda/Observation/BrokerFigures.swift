/// What a broker reports of itself on `/public_metrics`.
///
/// What it does not report is unknown (`nil`): a broker without topics lacks some figures, which is no error.
public struct BrokerFigures: Sendable, Equatable {
    /// The disk that holds the data.
    public struct Disk: Sendable, Equatable {
        /// How urgent the broker takes the lack of space; the raw values are its own.
        public enum Alert: Int, Sendable, Equatable {
            /// There is enough.
            case ok = 0
            /// It runs low.
            case low = 1
            /// There is so little that the broker refuses to write.
            case degraded = 2
        }

        /// Bytes that are free.
        public internal(set) var freeBytes: Int?
        /// Bytes that it holds.
        public internal(set) var totalBytes: Int?
        /// How urgent the lack of space is.
        public internal(set) var alert: Alert?
    }

    /// The cluster as the broker knows it.
    public struct Cluster: Sendable, Equatable {
        /// Brokers that are configured.
        public internal(set) var brokers: Int?
        /// Topics.
        public internal(set) var topics: Int?
        /// Partitions that cannot be used.
        public internal(set) var unavailablePartitions: Int?
    }

    /// What clients do.
    public struct Kafka: Sendable, Equatable {
        /// Partitions of all topics.
        public internal(set) var partitions: Int?
        /// Replicas that lag behind, over all partitions.
        public internal(set) var underReplicatedReplicas: Int?
        /// Bytes that clients have written since the broker started, over all topics.
        public internal(set) var producedBytes: Int?
        /// Bytes that clients have read since the broker started, over all topics.
        public internal(set) var consumedBytes: Int?
    }

    /// The disk that holds the data.
    public internal(set) var disk = Disk()
    /// The cluster.
    public internal(set) var cluster = Cluster()
    /// What clients do.
    public internal(set) var kafka = Kafka()
    /// The time since the broker started; when it falls, the broker was restarted.
    public internal(set) var uptime: Duration?
    /// Bytes of memory that can still be used, over all cores.
    public internal(set) var availableMemoryBytes: Int?
    /// The processor time used since the broker started, over all cores.
    public internal(set) var busyTime: Duration?

    /// Reads the answer of `/public_metrics`.
    ///
    /// - Parameter answer: The answer.
    /// - Throws: `unexpectedStatus` or `invalidExposition`.
    public init(_ answer: EndpointAnswer) throws(AnswerError) {
        try answer.require(status: 200)
        var visitor = BrokerFiguresVisitor()
        try answer.visit(with: &visitor)
        self = visitor.figures
    }

    init() {}
}
