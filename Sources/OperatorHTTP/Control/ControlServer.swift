public import Logging
public import NIOCore
public import NIOPosix
public import ServiceLifecycle

/// The server through which operators control a gateway: JSON over HTTP on a Unix socket (`control.sock`, mode 0660).
///
/// A value of this type listens already; ``run()`` serves it, ``close()`` gives it up unserved.
public struct ControlServer: Service {
    /// Path of the socket.
    public var socketPath: String { socket.path }

    private let socket: ControlSocket
    private let listener: HTTPListener

    /// Binds and listens; connections wait until ``run()``.
    ///
    /// A socket that nobody listens on any more is replaced. Whoever calls this holds the run directory's lock.
    ///
    /// - Parameters:
    ///   - runDirectory: Existing directory for the socket.
    ///   - gateway: Answers and acts.
    ///   - limits: What clients may take.
    ///   - eventLoopGroup: Runs the connections; not shut down by the server.
    ///   - logger: Takes what goes wrong with connections.
    /// - Returns: A server that listens.
    /// - Throws: ``OperatorError`` with `cannotListen` that names the path and the reason.
    public static func bind(
        runDirectory: String,
        gateway: any GatewayOperator,
        limits: ServerLimits = .control,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger
    ) async throws(OperatorError) -> ControlServer {
        let socket = ControlSocket(runDirectory: runDirectory)
        try await socket.checkIsFree(eventLoopGroup: eventLoopGroup)
        let listener: HTTPListener
        do {
            listener = try await HTTPListener.bind(
                to: .unix(path: socket.temporaryPath),
                responder: RequestResponder(
                    ControlRoutes(gateway: gateway).router(),
                    limits: limits,
                    logger: logger
                ),
                limits: limits,
                eventLoopGroup: eventLoopGroup,
                logger: logger
            )
        } catch {
            throw .cannotListen(on: socket.path, error, option: "--run-dir")
        }
        do throws(OperatorError) {
            try socket.publish()
        } catch {
            await listener.close()
            throw error
        }
        return ControlServer(socket: socket, listener: listener)
    }

    private init(socket: ControlSocket, listener: HTTPListener) {
        self.socket = socket
        self.listener = listener
    }

    /// Answers requests until graceful shutdown, then removes the socket; suspends until then.
    ///
    /// Idle connections are closed at once, requests under way get the limits' `drainTimeout`.
    public func run() async {
        await listener.run()
        socket.remove()
    }

    /// Stops listening without having run, and removes the socket.
    public func close() async {
        await listener.close()
        socket.remove()
    }
}
