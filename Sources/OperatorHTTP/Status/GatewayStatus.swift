/// The state of a whole gateway: the answer of `status --json` and of `GET /v1/status`.
public struct GatewayStatus: Codable, Sendable, Equatable {
    /// Which control plane drives the tree.
    public enum ControlPlane: String, Codable, Sendable {
        /// The supervision engine.
        case fsmv2
        /// The legacy loop.
        case legacy
    }

    /// Version of the running binary.
    public var version: String
    /// Process id of the gateway.
    public var pid: Int32
    /// Time since the gateway started.
    public var uptime: Duration
    /// State of the gateway as a whole.
    public var state: String
    /// Which control plane drives the tree.
    public var controlPlane: ControlPlane
    /// The root of the supervised tree.
    public var root: NodeStatus

    /// Describes a gateway.
    ///
    /// - Parameters:
    ///   - version: Version of the running binary.
    ///   - pid: Process id of the gateway.
    ///   - uptime: Time since the gateway started.
    ///   - state: State of the gateway as a whole.
    ///   - controlPlane: Which control plane drives the tree.
    ///   - root: The root of the supervised tree.
    public init(
        version: String,
        pid: Int32,
        uptime: Duration,
        state: String,
        controlPlane: ControlPlane,
        root: NodeStatus
    ) {
        self.version = version
        self.pid = pid
        self.uptime = uptime
        self.state = state
        self.controlPlane = controlPlane
        self.root = root
    }

    private enum CodingKeys: String, CodingKey {
        case version, pid
        case uptime = "uptime_s"
        case state
        case controlPlane = "control_plane"
        case root
    }

    /// Reads the JSON form.
    ///
    /// - Parameter decoder: Holds the JSON object.
    /// - Throws: `DecodingError` when a key is missing or of the wrong type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(String.self, forKey: .version)
        pid = try container.decode(Int32.self, forKey: .pid)
        uptime = try container.decodeSeconds(forKey: .uptime)
        state = try container.decode(String.self, forKey: .state)
        controlPlane = try container.decode(ControlPlane.self, forKey: .controlPlane)
        root = try container.decode(NodeStatus.self, forKey: .root)
    }

    /// Writes the JSON form; durations become seconds.
    ///
    /// - Parameter encoder: Takes the JSON object.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(pid, forKey: .pid)
        try container.encodeSeconds(uptime, forKey: .uptime)
        try container.encode(state, forKey: .state)
        try container.encode(controlPlane, forKey: .controlPlane)
        try container.encode(root, forKey: .root)
    }
}
