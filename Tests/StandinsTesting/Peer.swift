import NIOCore
import NIOPosix
import Synchronization
import Testing

/// The other side of a flow's connection, under the test's control.
package final class Peer: Sendable {
    /// What the peer does with those who connect.
    package enum Conduct: Sendable {
        /// Reads and says nothing.
        case listen
        /// Says a line at once, and another one whenever it is asked to by the test.
        case speak(String)
        /// Answers whatever comes with these bytes, and closes.
        case answer(String)
    }

    /// Whether somebody takes connections at a port.
    package static func isOpen(_ port: Int) async -> Bool {
        // A refusal is the answer that nobody does.
        let connection = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        // Whether the other side has closed it meanwhile is all the same.
        try? await connection?.close()
        return connection != nil
    }

    private let server: any Channel
    private let clients: Clients

    /// Opens a port.
    package init(_ port: Int, _ conduct: Conduct = .listen) async throws {
        let clients = Clients()
        self.clients = clients
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                clients.add(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(conduct))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    /// Sends a line to everybody who is connected.
    package func say(_ line: String) {
        clients.forEach { $0.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil) }
    }

    /// Closes the port and all connections.
    package func close() async {
        // A port that is closed already is what is wanted.
        try? await server.close()
        clients.forEach { $0.close(promise: nil) }
    }

    private final class Clients: Sendable {
        private let channels = Mutex<[any Channel]>([])

        func add(_ channel: any Channel) { channels.withLock { $0.append(channel) } }

        func forEach(_ body: (any Channel) -> Void) { channels.withLock { $0 }.forEach(body) }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let conduct: Conduct

        init(_ conduct: Conduct) {
            self.conduct = conduct
        }

        func channelActive(context: ChannelHandlerContext) {
            guard case .speak(let line) = conduct else { return }
            context.channel.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .answer(let text) = conduct else { return }
            let channel = context.channel
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in channel.close(promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
