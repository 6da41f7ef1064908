public import NIOCore
import NIOHTTP1
import NIOPosix

/// One HTTP/1.1 listener whose answers come from a function.
///
/// Made of NIO alone: a plant runs a hundred stand-ins, and each of them should cost little memory.
public struct HTTPListener: Sendable {
    /// Answers one question; called from many tasks at once, and cancelled when the client goes away.
    public typealias Handler = @Sendable (HTTPQuestion) async -> HTTPReply

    private let address: HostPort
    private let group: any EventLoopGroup
    private let handler: Handler

    /// Makes a listener that is not listening yet.
    ///
    /// - Parameters:
    ///   - address: where to listen
    ///   - group: the event loops to use
    ///   - handler: answers the questions
    public init(at address: HostPort, on group: any EventLoopGroup, answering handler: @escaping Handler) {
        self.address = address
        self.group = group
        self.handler = handler
    }

    /// Listens and answers until the task is cancelled; connections that are open then stay so until their clients go.
    ///
    /// - Parameter whenListening: called once the port is bound
    /// - Throws: a `StandinError` where the port cannot be bound, in the words of Go
    public func run(whenListening: @Sendable () -> Void = {}) async throws(StandinError) {
        let server = try await bind()
        whenListening()
        await withTaskCancellationHandler {
            // However the port came to be closed, the listener is done.
            try? await server.closeFuture.get()
        } onCancel: {
            server.close(promise: nil)
        }
    }

    private func bind() async throws(StandinError) -> any Channel {
        let handler = handler
        do {
            return try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: 256)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                        try channel.pipeline.syncOperations.addHandler(HTTPAnswering(handler))
                    }
                }
                .bind(host: address.effectiveHost, port: address.port).get()
        } catch let failure as IOError {
            let reason = GoText.errno(failure.errnoCode)
            throw StandinError("listen tcp \(address): bind: \(reason)", errno: failure.errnoCode)
        } catch {
            throw StandinError("listen tcp \(address): \(error)")
        }
    }
}
