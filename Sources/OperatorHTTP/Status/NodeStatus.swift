/// The state of one node of the supervised tree and of everything below it.
public struct NodeStatus: Codable, Sendable, Equatable {
    /// Where the node is and what it is.
    public struct Identity: Sendable, Equatable {
        /// Path from the root, with slashes.
        public var path: String
        /// Name among its siblings.
        public var name: String
        /// Worker type.
        public var type: String

        /// Describes an identity.
        ///
        /// - Parameters:
        ///   - path: Path from the root, with slashes.
        ///   - name: Name among its siblings.
        ///   - type: Worker type.
        public init(path: String, name: String, type: String) {
            self.path = path
            self.name = name
            self.type = type
        }
    }

    /// Where the node is and what it is.
    public var identity: Identity
    /// State that the node is in.
    public var state: String
    /// State that the node is to be in.
    public var desired: String
    /// Whether the node does its work.
    public var ready: Bool
    /// Process id; `nil` while no process runs.
    public var pid: Int32?
    /// Time since the process started; `nil` while no process runs.
    public var uptime: Duration?
    /// Starts after the first one.
    public var restarts: Int
    /// Why the node is in its state, in words; `nil` when there is nothing to say.
    public var reason: String?
    /// The circuit breaker; `nil` for a node that supervises nothing.
    public var circuit: CircuitStatus?
    /// The nodes below, in start order.
    public var children: [NodeStatus]

    /// Describes a node.
    ///
    /// - Parameters:
    ///   - identity: Where the node is and what it is.
    ///   - state: State that the node is in.
    ///   - desired: State that the node is to be in.
    ///   - ready: Whether the node does its work.
    ///   - pid: Process id; `nil` while no process runs.
    ///   - uptime: Time since the process started; `nil` while no process runs.
    ///   - restarts: Starts after the first one.
    ///   - reason: Why the node is in its state, in words.
    ///   - circuit: The circuit breaker; `nil` for a node that supervises nothing.
    ///   - children: The nodes below, in start order.
    public init(
        identity: Identity,
        state: String,
        desired: String,
        ready: Bool,
        pid: Int32? = nil,
        uptime: Duration? = nil,
        restarts: Int = 0,
        reason: String? = nil,
        circuit: CircuitStatus? = nil,
        children: [NodeStatus] = []
    ) {
        self.identity = identity
        self.state = state
        self.desired = desired
        self.ready = ready
        self.pid = pid
        self.uptime = uptime
        self.restarts = restarts
        self.reason = reason
        self.circuit = circuit
        self.children = children
    }
}
