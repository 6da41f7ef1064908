import NIOCore
import NIOPosix
import Testing

/// Ports of the loopback interface for servers under test.
enum FreePort {
    /// A port that was free a moment ago.
    static func find() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = try #require(channel.localAddress?.port)
        try await channel.close()
        return port
    }
}
