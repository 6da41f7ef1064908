import NIOCore
import NIOPosix
import Synchronization

/// A TCP server that answers every request with the same bytes, and counts connections and requests.
final class AnsweringServer: Sendable {
    private struct Counts {
        var connections = 0
        var requests = 0
    }

    private let counts: Mutex<Counts>
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }
    var connections: Int { counts.withLock { $0.connections } }
    var requests: Int { counts.withLock { $0.requests } }

    private init() {
        counts = Mutex(Counts())
    }

    /// Starts a server on a free port, runs the body and stops the server.
    ///
    /// - Parameters:
    ///   - answer: What is said to every request; empty for a server that never answers.
    ///   - closes: Whether the connection is closed after the answer.
    ///   - body: What is done while the server runs.
    /// - Throws: What the body throws, or why the server did not start.
    static func run(
        _ answer: String, closes: Bool = false, _ body: (AnsweringServer) async throws -> Void
    ) async throws {
        let server = AnsweringServer()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                server.counts.withLock { $0.connections += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Speaker(server, answer, closes: closes))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        server.channel.withLock { $0 = channel }
        do {
            try await body(server)
            try await channel.close()
        } catch {
            try await channel.close()
            throw error
        }
    }

    private final class Speaker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let server: AnsweringServer
        private let answer: String
        private let closes: Bool

        init(_ server: AnsweringServer, _ answer: String, closes: Bool) {
            self.server = server
            self.answer = answer
            self.closes = closes
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            server.counts.withLock { $0.requests += 1 }
            guard !answer.isEmpty else { return }
            let channel = context.channel
            let closes = closes
            channel.writeAndFlush(ByteBuffer(string: answer)).whenComplete { _ in
                if closes { channel.close(promise: nil) }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
