/// What a flow says on `/ready`: whether all its inputs and outputs are connected.
public struct FlowReadiness: Sendable, Equatable {
    /// The connection of one input or output.
    public struct Connection: Sendable, Equatable {
        /// The name that the configuration gives it, often empty; cut at 256 bytes.
        public let label: String
        /// Where it stands in the configuration, such as `output`; cut at 256 bytes.
        public let path: String
        /// Whether it is connected.
        public let isConnected: Bool
        /// Why it is not connected, where the flow says so; cut at 512 bytes.
        public let error: String?
    }

    /// The number of connections that are kept; further ones are dropped.
    public static let limit = 64

    /// Whether the flow calls itself ready.
    ///
    /// It does so as well while a Kafka broker is gone that it was connected to.
    public let isReady: Bool
    /// The connections, in the order of the answer.
    public let connections: [Connection]
    /// Whether there are more connections than are kept.
    public let isTruncated: Bool

    /// Reads the answer of `/ready`, which says the same in JSON with both statuses, whatever its media type.
    ///
    /// - Parameter answer: The answer.
    /// - Throws: `unexpectedStatus` or `invalidJSON`.
    public init(_ answer: EndpointAnswer) throws(AnswerError) {
        try answer.require(status: 200, 503)
        let statuses = try answer.decoded(as: Body.self).statuses
        isReady = answer.status == 200
        connections = statuses.prefix(Self.limit).map(Connection.init)
        isTruncated = statuses.count > Self.limit
    }

    fileprivate struct Body: Decodable {
        struct Status: Decodable {
            var label: String?
            var path: String?
            var connected: Bool
            var error: String?
        }

        var statuses: [Status]
    }
}

extension FlowReadiness.Connection {
    fileprivate init(_ status: FlowReadiness.Body.Status) {
        label = status.label?.cut(toBytes: 256) ?? ""
        path = status.path?.cut(toBytes: 256) ?? ""
        isConnected = status.connected
        error = status.error?.cut(toBytes: 512)
    }
}
