/// What a running broker says of itself, and what follows from how that changed.
public struct BrokerCondition: Sendable, Equatable {
    /// What the broker answered to the question whether it is ready.
    public enum Readiness: Sendable, Equatable {
        /// It is.
        case ready
        /// It is still booting.
        case booting
        /// There was no proper answer.
        case unanswered(String)
    }

    /// What the broker answered last.
    public var readiness: Readiness
    /// How many answers in a row were not that it is ready.
    public var unreadyLooks: Int
    /// For how long it has been ready, and clients could connect, without a break.
    public var readyFor: Duration
    /// Why clients cannot connect; nil where they can.
    public var unreachable: String?
    /// How many attempts to connect as a client failed in a row.
    public var unreachableLooks: Int
    /// What the overview of the cluster's health complains of; empty where it is healthy.
    public var complaints: [String]
    /// How many overviews in a row had complaints.
    public var unhealthyLooks: Int
    /// What its log has said of late that hampers the broker, or nil.
    public var logTrouble: String?
    /// Whether data was produced or consumed of late.
    public var isMoving: Bool
    /// The broker's figures; nil where they could not be read.
    public var figures: BrokerFigures?

    /// How many looks in a row must fail before that counts as trouble; source: the default of Kubernetes'
    /// `failureThreshold`, and the same number in the facts about the overview of the cluster's health.
    static let failureThreshold = 3

    /// What the highest alert of the disk means.
    static let fullDisk = "its disk is full, it takes no more data"

    /// Why others cannot rely on the broker, or nil.
    var unreadiness: String? {
        switch readiness {
        case .ready: unreachable
        case .booting: "booting"
        case .unanswered(let reason): reason
        }
    }

    /// Why the broker does not do all that it should, or nil.
    var degradation: String? {
        if let unreadiness { return unreadiness }
        if unhealthyLooks >= Self.failureThreshold { return "unhealthy: \(complaints.joined(separator: ", "))" }
        switch figures?.disk.alert {
        case .low: return "room on its disk is low"
        case .degraded: return Self.fullDisk
        case nil, .ok: break
        }
        if let count = figures?.cluster.unavailablePartitions, count > 0 { return "\(count) partitions unavailable" }
        return logTrouble
    }
}
