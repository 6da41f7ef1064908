import NIOCore
import NIOHTTP1

/// Collects the requests of one connection, one at a time, and writes the answers.
///
/// Lives on its channel's event loop.
final class HTTPAnswering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// A larger body is refused with status 413, and the connection is closed.
    private static let largestBody = 1 << 20

    private let handler: HTTPListener.Handler
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var answering: Task<Void, Never>?

    init(_ handler: @escaping HTTPListener.Handler) {
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var bytes):
            guard head != nil else { return }
            body.writeBuffer(&bytes)
            guard body.readableBytes > Self.largestBody else { return }
            head = nil
            write(HTTPReply("request body too large\n", status: 413), keepingAlive: false, to: context.channel)
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, on: context.channel)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answering?.cancel()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, on channel: any Channel) {
        let path = head.uri.prefix { $0 != "?" }
        let question = HTTPQuestion(method: head.method.rawValue, path: String(path), body: String(buffer: body))
        let own = NIOLoopBound(self, eventLoop: channel.eventLoop)
        answering = Task { [handler] in
            let reply = await handler(question)
            channel.eventLoop.execute { own.value.write(reply, keepingAlive: head.isKeepAlive, to: channel) }
        }
    }

    private func write(_ reply: HTTPReply, keepingAlive: Bool, to channel: any Channel) {
        var headers = HTTPHeaders([
            ("Content-Type", reply.contentType), ("Content-Length", "\(reply.body.utf8.count)"),
        ])
        for (name, value) in reply.fields { headers.add(name: name, value: value) }
        if !keepingAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: reply.body))), promise: nil)
        let written = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        if !keepingAlive { written.whenComplete { _ in channel.close(promise: nil) } }
    }
}
