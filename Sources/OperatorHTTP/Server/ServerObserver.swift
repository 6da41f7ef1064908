/// Is told what clients do with a server; its methods are called from any thread and must not block.
public protocol ServerObserver: Sendable {
    /// The server is about to listen.
    ///
    /// - Parameters:
    ///   - paths: The paths of all routes.
    ///   - other: The path that stands for all others.
    func serves(paths: [String], other: String)
    /// A connection was accepted.
    func connectionOpened()
    /// A connection has ended, whoever ended it.
    func connectionClosed()
    /// The server ends a connection: its handshake failed, its client was too slow, or its memory was needed.
    func connectionRefused()
    /// A request has got its answer, which may still be on its way.
    ///
    /// - Parameters:
    ///   - path: The path of the route, or `other`; one of a bounded set.
    ///   - status: The status code of the answer.
    func requestAnswered(path: String, status: Int)
    /// An exposition has been rendered and, where asked for, compressed.
    ///
    /// - Parameter duration: How long that took.
    func expositionRendered(in duration: Duration)
    /// The file that says who may do what has been read anew.
    ///
    /// - Parameter outcome: What applies now.
    func accessRead(_ outcome: AccessOutcome)
}
