/// What the clients of one server may take from it.
public struct ServerLimits: Sendable, Equatable {
    /// Connections open at once; further ones wait in the kernel's backlog until one closes.
    public var connections: Int
    /// Bytes of all header fields of a request; a longer head is answered with 400 and the connection closed.
    public var headBytes: Int
    /// Bytes of a request's body; a longer one is answered with 413 and the connection closed.
    public var bodyBytes: Int
    /// Time after which a connection without a request is closed.
    public var idleTimeout: Duration
    /// Time from the first byte of a request to the last byte of its answer accepted by the kernel.
    ///
    /// A client that sends or reads more slowly is cut off.
    public var exchangeTimeout: Duration
    /// Time that requests under way are given at shutdown.
    public var drainTimeout: Duration

    /// Describes limits.
    ///
    /// - Parameters:
    ///   - connections: Connections open at once.
    ///   - headBytes: Bytes of all header fields of a request.
    ///   - bodyBytes: Bytes of a request's body.
    ///   - idleTimeout: Time after which a connection without a request is closed.
    ///   - exchangeTimeout: Time for one request and its answer.
    ///   - drainTimeout: Time that requests under way are given at shutdown.
    public init(
        connections: Int = 100,
        headBytes: Int = 16 * 1024,
        bodyBytes: Int = 4 * 1024,
        idleTimeout: Duration = .seconds(30),
        exchangeTimeout: Duration = .seconds(30),
        drainTimeout: Duration = .seconds(2)
    ) {
        self.connections = connections
        self.headBytes = headBytes
        self.bodyBytes = bodyBytes
        self.idleTimeout = idleTimeout
        self.exchangeTimeout = exchangeTimeout
        self.drainTimeout = drainTimeout
    }

    /// Limits of the control socket: few clients, whose requests may wait for children to stop and to become ready.
    public static let control = ServerLimits(
        connections: 32,
        exchangeTimeout: ReloadRequest.longestTimeout + .seconds(60)
    )
}
