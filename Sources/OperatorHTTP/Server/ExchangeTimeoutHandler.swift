import NIOCore

/// What a server tells the timeout of the exchange that is under way.
enum ExchangeEvent: Sendable {
    /// The answer begins.
    case answering
    /// All of the answer has been handed to the channel.
    case answered
    /// What remains of the answer is not going to be sent: its memory is needed.
    case cutOff
}

/// Closes a connection whose client is too slow in sending a request or in taking the answer.
///
/// It stands at the bytes' end of the pipeline, below TLS. An exchange begins with the first byte in either direction and
/// ends when the kernel has accepted everything that was written of a whole answer; one that outlasts the timeout ends
/// its connection. An answer in several parts is told by ``ExchangeEvent``, sent down the pipeline.
final class ExchangeTimeoutHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let timeout: TimeAmount
    private let onCutOff: @Sendable () -> Void
    private var pendingWrites = 0
    private var isAnswering = false
    private var deadline: Scheduled<Void>?

    /// - Parameters:
    ///   - timeout: How long an exchange may take.
    ///   - onCutOff: Is told of each connection that is closed.
    init(timeout: Duration, onCutOff: @escaping @Sendable () -> Void) {
        self.timeout = TimeAmount(timeout)
        self.onCutOff = onCutOff
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arm(context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        arm(context)
        pendingWrites += 1
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.pendingWrites -= 1
            self.disarmIfDone()
        }
        context.write(data, promise: written)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event as? ExchangeEvent {
        case .answering?: isAnswering = true
        case .answered?:
            isAnswering = false
            disarmIfDone()
        case .cutOff?: cutOff(context)
        case nil:
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        promise?.succeed()
    }

    func channelInactive(context: ChannelHandlerContext) {
        disarm()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        disarm()
    }

    private func arm(_ context: ChannelHandlerContext) {
        guard deadline == nil else { return }
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { self.cutOff(context) }
    }

    /// Closes from here, past TLS, which would wait for the other side's farewell.
    private func cutOff(_ context: ChannelHandlerContext) {
        onCutOff()
        context.close(promise: nil)
    }

    private func disarmIfDone() {
        if pendingWrites == 0, !isAnswering { disarm() }
    }

    private func disarm() {
        deadline?.cancel()
        deadline = nil
    }
}
