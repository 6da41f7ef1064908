import NIOCore
import NIOPosix
import Synchronization

/// A TCP server that says what a test tells it to, whatever it is asked.
final class ScriptedServer: Sendable {
    /// What a server does once it has received something.
    enum Behaviour: Sendable {
        /// Accepts and never says a word.
        case silent
        /// Says these bytes and leaves the connection open.
        case says(String)
        /// Says these bytes and closes the connection.
        case saysAndCloses(String)
    }

    private let channel: any Channel
    private let accepted: Counter

    var port: Int { channel.localAddress?.port ?? 0 }
    var connections: Int { accepted.count.withLock { $0 } }

    /// Starts a server on a free port, runs the body and stops the server.
    static func run<Result>(
        _ behaviour: Behaviour,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let accepted = Counter()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                accepted.count.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Speaker(behaviour))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let server = ScriptedServer(channel: channel, accepted: accepted)
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    private init(channel: any Channel, accepted: Counter) {
        self.channel = channel
        self.accepted = accepted
    }

    private final class Counter: Sendable {
        let count = Mutex(0)
    }

    private final class Speaker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour

        init(_ behaviour: Behaviour) {
            self.behaviour = behaviour
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let channel = context.channel
            switch behaviour {
            case .silent: break
            case .says(let text): channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
            case .saysAndCloses(let text):
                channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in channel.close(promise: nil) }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
