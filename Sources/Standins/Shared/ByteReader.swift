import NIOCore

/// Hands the bytes of a channel to one reader at a time, and reads from the socket only when asked: so nothing piles up,
/// and the end of the peer stays unnoticed until somebody reads or writes, as with a blocking socket.
///
/// Lives on its channel's event loop.
final class ByteReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var received = ByteBuffer()
    private var hasEnded = false
    private var waiting: EventLoopPromise<ByteBuffer?>?

    /// The next bytes, or nothing at the end.
    func read(from channel: any Channel) -> EventLoopFuture<ByteBuffer?> {
        if received.readableBytes > 0 {
            defer { received = ByteBuffer() }
            return channel.eventLoop.makeSucceededFuture(received)
        }
        if hasEnded { return channel.eventLoop.makeSucceededFuture(nil) }
        let promise = channel.eventLoop.makePromise(of: ByteBuffer?.self)
        waiting = promise
        channel.read()
        return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard let promise = waiting else {
            received.writeBuffer(&bytes)
            return
        }
        waiting = nil
        promise.succeed(bytes)
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasEnded = true
        waiting?.succeed(nil)
        waiting = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
