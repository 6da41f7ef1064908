extension NodeStatus {
    private enum CodingKeys: String, CodingKey {
        case path, name, type, state, desired, ready, pid
        case uptime = "uptime_s"
        case restarts, reason, circuit, children
    }

    /// Reads the JSON form.
    ///
    /// - Parameter decoder: Holds the JSON object.
    /// - Throws: `DecodingError` when a key is missing or of the wrong type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            identity: Identity(
                path: try container.decode(String.self, forKey: .path),
                name: try container.decode(String.self, forKey: .name),
                type: try container.decode(String.self, forKey: .type)
            ),
            state: try container.decode(String.self, forKey: .state),
            desired: try container.decode(String.self, forKey: .desired),
            ready: try container.decode(Bool.self, forKey: .ready),
            pid: try container.decode(Int32?.self, forKey: .pid),
            uptime: try container.decodeOptionalSeconds(forKey: .uptime),
            restarts: try container.decode(Int.self, forKey: .restarts),
            reason: try container.decode(String?.self, forKey: .reason),
            circuit: try container.decode(CircuitStatus?.self, forKey: .circuit),
            children: try container.decode([NodeStatus].self, forKey: .children)
        )
    }

    /// Writes the JSON form: every key is present, `null` where nothing applies.
    ///
    /// - Parameter encoder: Takes the JSON object.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(identity.path, forKey: .path)
        try container.encode(identity.name, forKey: .name)
        try container.encode(identity.type, forKey: .type)
        try container.encode(state, forKey: .state)
        try container.encode(desired, forKey: .desired)
        try container.encode(ready, forKey: .ready)
        try container.encode(pid, forKey: .pid)
        try container.encodeSeconds(uptime, forKey: .uptime)
        try container.encode(restarts, forKey: .restarts)
        try container.encode(reason, forKey: .reason)
        try container.encode(circuit, forKey: .circuit)
        try container.encode(children, forKey: .children)
    }
}
