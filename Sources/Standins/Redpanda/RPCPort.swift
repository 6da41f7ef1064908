import NIOCore
import NIOPosix
import Standins

/// The port for other brokers: a single node has none, so whoever comes is sent away.
enum RPCPort {
    /// Opens the port for the rest of the process' life.
    ///
    /// - Parameters:
    ///   - address: where to listen
    ///   - group: the event loops to use
    /// - Throws: where the port cannot be bound
    static func open(_ address: HostPort, on group: any EventLoopGroup) async throws(StandinError) {
        do {
            _ = try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { $0.close() }
                .bind(host: address.effectiveHost, port: address.port).get()
        } catch {
            throw StandinError("listen: \(error)", errno: (error as? IOError)?.errnoCode)
        }
    }
}
