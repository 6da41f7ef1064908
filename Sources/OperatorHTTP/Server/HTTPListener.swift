import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// A bound HTTP/1.1 server: it listens from the moment the value exists, and answers while `run()` runs.
///
/// Binding and running are apart, so that an address in use is known before anything else starts. Hummingbird's own
/// server does both at once, therefore its connections (`HTTP1Channel`) are served from an accept loop of ours.
struct HTTPListener: Sendable {
    private typealias Connection = UnservedChannel<HTTP1Channel.Value>

    /// Where to listen.
    enum Target: Sendable {
        case tcp(ListenAddress)
        case unix(path: String)
    }

    /// The port that was bound; `nil` for a Unix socket.
    let port: Int?

    private let listener: UnservedChannel<NIOAsyncChannel<Connection, Never>>
    private let http: HTTP1Channel
    private let limits: ServerLimits
    private let logger: Logger

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - target: Where to listen.
    ///   - responder: Answers requests.
    ///   - limits: What clients may take.
    ///   - eventLoopGroup: Runs the connections.
    ///   - logger: Takes what goes wrong with connections.
    /// - Returns: A server that listens.
    /// - Throws: What NIO throws when it cannot resolve, bind or listen.
    static func bind(
        to target: Target,
        responder: RequestResponder,
        limits: ServerLimits,
        eventLoopGroup: any EventLoopGroup,
        logger: Logger
    ) async throws -> HTTPListener {
        let http = HTTP1Channel(responder: responder.respond, configuration: configuration(limits))
        let setup: @Sendable (any Channel) -> EventLoopFuture<Connection> = { channel in
            responder.prepare(channel).flatMap { http.setup(channel: channel, logger: logger).map { Connection($0) } }
        }
        let bootstrap = bootstrap(limits, eventLoopGroup: eventLoopGroup, logger: logger)
        let listener =
            switch target {
            case .tcp(let address):
                try await bootstrap.bind(host: address.host, port: address.port, childChannelInitializer: setup)
            case .unix(let path):
                try await bootstrap.bind(
                    unixDomainSocketPath: path,
                    cleanupExistingSocketFile: true,
                    childChannelInitializer: setup
                )
            }
        return HTTPListener(
            port: listener.channel.localAddress?.port,
            listener: UnservedChannel(listener),
            http: http,
            limits: limits,
            logger: logger
        )
    }

    /// Serves connections until graceful shutdown or cancellation.
    ///
    /// At graceful shutdown idle connections are closed at once, requests under way get the limits' `drainTimeout`.
    func run() async {
        guard let listener = listener.take() else { return }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                do {
                    try await listener.executeThenClose { connections in
                        for try await connection in connections {
                            group.addTask { await serve(connection) }
                        }
                    }
                } catch {
                    logger.error("Listener failed", metadata: ["error": "\(error)"])
                }
            }
        } onGracefulShutdown: {
            listener.channel.close(promise: nil)
        }
    }

    /// Closes a listener that is not going to be run; returns when the address is free again.
    func close() async {
        await listener.take()?.closeUnserved()
    }

    private func serve(_ connection: Connection) async {
        guard let connection = connection.take() else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await RequestResponder.$channel.withValue(connection.channel) {
                    await http.handle(value: connection, logger: logger)
                }
            }
            group.addTask { await drainAtShutdown(connection.channel) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits for the shutdown, lets the request under way finish, and returns when that takes too long.
    private func drainAtShutdown(_ channel: any Channel) async {
        do {
            try await gracefulShutdown()
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            // The limit of a request that hangs; ended by cancellation as soon as the connection has ended.
            try await Task.sleep(for: limits.drainTimeout)
            channel.close(promise: nil)
        } catch {
            // Cancelled: the connection has ended by itself.
        }
    }
}

extension HTTPListener {
    private static func bootstrap(
        _ limits: ServerLimits,
        eventLoopGroup: any EventLoopGroup,
        logger: Logger
    ) -> ServerBootstrap {
        ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // One connection for each turn, so that the limit is kept to the connection.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let delegate = MaximumAvailableConnections(limits.connections, logger: logger)
                    try channel.pipeline.syncOperations.addHandler(
                        AvailableConnectionsChannelHandler(delegate: delegate)
                    )
                }
            }
    }

    private static func configuration(_ limits: ServerLimits) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            idleTimeout: TimeAmount(limits.idleTimeout),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headBytes,
                maxHeaderListSize: limits.headBytes,
                maxHeaderFieldCount: 100
            )
        )
    }
}
