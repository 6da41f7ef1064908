import NIOCore
import NIOPosix
import Synchronization

/// The server of a flow's websocket, under the test's control.
package final class WebSocketPeer: Sendable {
    private final class Record: Sendable {
        let clients = Mutex<[any Channel]>([])
        let messages = Mutex<[String]>([])
    }

    private let server: any Channel
    private let record = Record()

    /// Opens a port.
    package init(_ port: Int) async throws {
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [record] channel in
                record.clients.withLock { $0.append(channel) }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(record))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    /// What came in binary frames.
    package var messages: [String] { record.messages.withLock { $0 } }

    /// Closes the port and all connections.
    package func close() async {
        // A port that is closed already is what is wanted.
        try? await server.close()
        record.clients.withLock { $0 }.forEach { $0.close(promise: nil) }
    }

    /// Answers the handshake of RFC 6455, and unmasks what comes behind it.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let record: Record
        private var received = ByteBuffer()
        private var isOpen = false

        init(_ record: Record) {
            self.record = record
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            received.writeBuffer(&bytes)
            if !isOpen { shakeHands(context.channel) }
            while isOpen, let message = nextMessage() {
                record.messages.withLock { $0.append(message) }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func shakeHands(_ channel: any Channel) {
            let text = String(buffer: received)
            guard let end = text.firstRange(of: "\r\n\r\n") else { return }
            let lines = text[..<end.lowerBound].split(separator: "\r\n")
            guard lines.contains("Upgrade: websocket"),
                let key = lines.first(where: { $0.hasPrefix("Sec-WebSocket-Key: ") })?.dropFirst(19), key.count == 24
            else {
                channel.close(promise: nil)
                return
            }
            received.moveReaderIndex(forwardBy: text[..<end.upperBound].utf8.count)
            isOpen = true
            let accept = SHA1.base64(of: Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
            let answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(accept)\r\n\r\n"
            channel.writeAndFlush(ByteBuffer(string: answer), promise: nil)
        }

        /// The content of the next frame, which is short, final, binary and masked.
        private func nextMessage() -> String? {
            guard let head = received.getBytes(at: received.readerIndex, length: 2), head[0] == 0x82 else { return nil }
            let size = Int(head[1] & 0x7f)
            guard size < 126, received.readableBytes >= 6 + size else { return nil }
            received.moveReaderIndex(forwardBy: 2)
            guard let mask = received.readBytes(length: 4), let masked = received.readBytes(length: size) else {
                return nil
            }
            let bytes = masked.enumerated().map { $0.element ^ mask[$0.offset % 4] }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
