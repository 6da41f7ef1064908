import Glibc
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// The other side of a flow's connection, under the test's control.
final class Peer: Sendable {
    /// What the peer does with those who connect.
    enum Conduct: Sendable {
        /// Reads and says nothing.
        case listen
        /// Says a line at once, and another one whenever it is asked to by the test.
        case speak(String)
        /// Answers whatever comes with these bytes, and closes.
        case answer(String)
    }

    private let server: any Channel
    private let clients: Clients

    /// Opens a port.
    init(_ port: Int, _ conduct: Conduct = .listen) async throws {
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
    func say(_ line: String) {
        clients.forEach { $0.writeAndFlush(ByteBuffer(string: line + "\n"), promise: nil) }
    }

    /// Closes the port and all connections.
    func close() async {
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

/// Ports that are free at this moment, below those that the kernel gives to outgoing connections, so that no connection
/// of another test takes one before it is used.
enum FreePort {
    private static let last = Mutex(Int.random(in: 20_000..<30_000))

    /// A port that no other test of this run was given.
    static func next() -> Int {
        while true {
            let port = last.withLock { last in
                last = last < 32_000 ? last + 1 : 20_000
                return last
            }
            if Self.isFree(port) { return port }
        }
    }

    /// Whether a program could listen there now.
    ///
    /// The socket is bound and never listens: a copy of it may live on for a moment in a process that another test is
    /// just starting, and a listening one would keep the port from its user.
    private static func isFree(_ port: Int) -> Bool {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard probe >= 0 else { return false }
        defer { close(probe) }
        var isReused: Int32 = 1
        setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(probe, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
