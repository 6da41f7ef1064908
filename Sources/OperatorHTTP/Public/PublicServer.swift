public import Logging
public import NIOCore
public import NIOPosix
public import ServiceLifecycle

/// The server that everybody on the box may read: metrics, health and version over TCP.
///
/// A value of this type listens already; ``run()`` serves it, ``close()`` gives it up unserved.
public struct PublicServer: Service {
    /// Where the server listens; the port is the one that the kernel picked when 0 was asked for.
    public let address: ListenAddress

    private let listener: HTTPListener

    /// Binds and listens; connections wait until ``run()``.
    ///
    /// - Parameters:
    ///   - address: Where to listen; port 0 picks a free one.
    ///   - content: What the server shows.
    ///   - limits: What clients may take.
    ///   - access: Who may do what, and how; nil lets everybody read everything without TLS.
    ///   - observer: Is told what clients do; nil for nobody.
    ///   - eventLoopGroup: Runs the connections; not shut down by the server.
    ///   - logger: Takes what goes wrong with connections.
    /// - Returns: A server that listens.
    /// - Throws: ``OperatorError`` with `cannotListen` that names the address and the reason.
    public static func bind(
        to address: ListenAddress,
        content: PublicContent,
        limits: ServerLimits = ServerLimits(),
        access: AccessControl? = nil,
        observer: (any ServerObserver)? = nil,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger
    ) async throws(OperatorError) -> PublicServer {
        let observer = observer ?? UnobservedServer()
        do {
            let listener = try await HTTPListener.bind(
                to: .tcp(address),
                responder: RequestResponder(
                    content.router(observer: observer),
                    limits: limits,
                    gate: access.map(AccessGate.init),
                    observer: observer,
                    logger: logger
                ),
                limits: limits,
                eventLoopGroup: eventLoopGroup,
                logger: logger
            )
            let bound = ListenAddress(host: address.host, port: listener.port ?? address.port)
            return PublicServer(address: bound, listener: listener)
        } catch {
            throw .cannotListen(on: "\(address)", error, option: "--listen")
        }
    }

    private init(address: ListenAddress, listener: HTTPListener) {
        self.address = address
        self.listener = listener
    }

    /// Answers requests until graceful shutdown; suspends until then.
    ///
    /// Idle connections are closed at once, requests under way get the limits' `drainTimeout`.
    public func run() async {
        await listener.run()
    }

    /// Stops listening without having run.
    public func close() async {
        await listener.close()
    }
}
