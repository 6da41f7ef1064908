import NIOCore
import NIOPosix

/// A TCP connection that sends what a test says, however ill-mannered.
enum RawConnection {
    /// Connects and runs the body.
    static func open<Result: Sendable>(
        port: Int,
        _ body: (
            inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
            NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var iterator = inbound.makeAsyncIterator()
            return try await body(&iterator, outbound)
        }
    }
}

extension NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator {
    /// Reads until the text has come; returns everything read so far.
    mutating func read(until text: String) async throws -> String {
        var all = ""
        while !all.contains(text), let part = try await next() { all += String(buffer: part) }
        return all
    }

    /// Reads until the text has come or the other side closes the connection; a reset is a close as well.
    mutating func readToEnd(orUntil text: String? = nil) async -> String {
        var all = ""
        do {
            while text.map({ !all.contains($0) }) ?? true, let part = try await next() { all += String(buffer: part) }
        } catch {
            return all
        }
        return all
    }
}
