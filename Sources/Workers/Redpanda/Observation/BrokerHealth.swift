/// What a broker says on `/v1/cluster/health_overview`.
///
/// What it does not say is unknown (`nil`). Of every list the first 128 elements are kept, as many as the broker names of the partitions.
public struct BrokerHealth: Sendable, Equatable {
    /// Why a cluster calls itself unhealthy.
    public enum Reason: Sendable, Equatable {
        /// Nodes do not answer.
        case nodesDown
        /// Partitions have no leader.
        case leaderlessPartitions
        /// Partitions have fewer replicas than configured.
        case underReplicatedPartitions
        /// The cluster has no controller.
        case noElectedController
        /// The node has not heard from the others yet.
        case noHealthReport
        /// A reason that this release does not know, in the broker's word; cut at 128 bytes.
        case other(String)
    }

    /// Whether the cluster calls itself healthy.
    public let isHealthy: Bool?
    /// Why it does not.
    public let unhealthyReasons: [Reason]?
    /// The node that is the controller; -1 where none is.
    public let controllerID: Int?
    /// All nodes of the cluster.
    public let allNodes: [Int]?
    /// The nodes that do not answer.
    public let nodesDown: [Int]?
    /// The nodes that were started in recovery mode.
    public let nodesInRecoveryMode: [Int]?
    /// Partitions without a leader, as `namespace/topic/partition`; each cut at 256 bytes.
    public let leaderlessPartitions: [String]?
    /// The number of all partitions without a leader.
    public let leaderlessCount: Int?
    /// Partitions that lack replicas, as `namespace/topic/partition`; each cut at 256 bytes.
    public let underReplicatedPartitions: [String]?
    /// The number of all partitions that lack replicas.
    public let underReplicatedCount: Int?

    /// Reads the answer of `/v1/cluster/health_overview`.
    ///
    /// - Parameter answer: The answer.
    /// - Throws: `unexpectedStatus` or `invalidJSON`.
    public init(_ answer: EndpointAnswer) throws(AnswerError) {
        try answer.require(status: 200)
        let body = try answer.decoded(as: Body.self)
        isHealthy = body.isHealthy
        unhealthyReasons = Self.first(of: body.unhealthyReasons)?.map(Reason.init(word:))
        controllerID = body.controllerId
        allNodes = Self.first(of: body.allNodes)
        nodesDown = Self.first(of: body.nodesDown)
        nodesInRecoveryMode = Self.first(of: body.nodesInRecoveryMode)
        leaderlessPartitions = Self.first(of: body.leaderlessPartitions)?.map { $0.cut(toBytes: 256) }
        leaderlessCount = body.leaderlessCount
        underReplicatedPartitions = Self.first(of: body.underReplicatedPartitions)?.map { $0.cut(toBytes: 256) }
        underReplicatedCount = body.underReplicatedCount
    }

    private static let limit = 128

    private static func first<Element>(of list: [Element]?) -> [Element]? {
        list.map { Array($0.prefix(limit)) }
    }

    private struct Body: Decodable {
        var isHealthy: Bool?
        var unhealthyReasons: [String]?
        var controllerId: Int?
        var allNodes: [Int]?
        var nodesDown: [Int]?
        var nodesInRecoveryMode: [Int]?
        var leaderlessPartitions: [String]?
        var leaderlessCount: Int?
        var underReplicatedPartitions: [String]?
        var underReplicatedCount: Int?
    }
}

extension BrokerHealth.Reason {
    /// Understands the broker's word for a reason.
    init(word: String) {
        self =
            switch word {
            case "nodes_down": .nodesDown
            case "leaderless_partitions": .leaderlessPartitions
            case "under_replicated_partitions": .underReplicatedPartitions
            case "no_elected_controller": .noElectedController
            case "no_health_report": .noHealthReport
            default: .other(word.cut(toBytes: 128))
            }
    }
}
