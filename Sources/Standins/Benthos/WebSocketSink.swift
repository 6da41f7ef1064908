import NIOCore
import Standins

/// Messages written to a websocket as binary frames (RFC 6455).
actor WebSocketSink: MessageSink {
    nonisolated let slots = 1
    private let url: String
    private let group: any EventLoopGroup
    private var connection: TCPConnection?

    /// The largest head of an answer that is read.
    private static let largestHead = 16_384

    /// Makes a sink that is not connected.
    ///
    /// - Parameters:
    ///   - url: where to connect to, `ws://host:port/path`
    ///   - group: the event loops to use
    init(_ url: String, on group: any EventLoopGroup) {
        self.url = url
        self.group = group
    }

    func connect() async throws(StandinError) {
        connection?.close()
        connection = nil
        guard let target = HTTPTargetAddress(url, scheme: "ws") else { throw StandinError("malformed ws or wss URL") }
        let fresh = try await TCPConnection.dial(target.remote, on: group)
        do throws(StandinError) {
            try await shakeHands(over: fresh, target)
        } catch {
            fresh.close()
            throw error
        }
        connection = fresh
        // Nobody is told that the other side has gone: the next write finds a connection that is closed.
        Task {
            while await fresh.read() != nil {}
            fresh.close()
        }
    }

    func close() {
        connection?.close()
        connection = nil
    }

    func write(_ message: FlowMessage) async throws(FlowFault) {
        guard let connection else { throw .notConnected }
        do throws(StandinError) {
            try await connection.write(Self.frame(message.text))
        } catch {
            connection.close()
            // Another connection may be up by now.
            if self.connection === connection { self.connection = nil }
            throw .failed(error.message)
        }
    }

    private func shakeHands(over connection: TCPConnection, _ target: HTTPTargetAddress) async throws(StandinError) {
        let request = """
            GET \(target.path) HTTP/1.1\r
            Host: \(target.remote)\r
            User-Agent: Go-http-client/1.1\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: \(Self.key())\r
            Sec-WebSocket-Version: 13\r
            Upgrade: websocket\r
            \r

            """
        try await connection.write(ByteBuffer(string: request))
        var head = ""
        while !head.contains("\r\n\r\n") {
            guard head.utf8.count < Self.largestHead, let bytes = await connection.read() else {
                throw StandinError("unexpected EOF")
            }
            head += String(buffer: bytes)
        }
        guard head.hasPrefix("HTTP/1.1 101 ") else { throw StandinError("websocket: bad handshake") }
    }

    /// Sixteen random bytes in Base64.
    private static func key() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        // 128 bits are 21 characters of six bits, and one whose last four bits are zero.
        let characters = (0..<21).compactMap { _ in alphabet.randomElement() } + ["AQgw".randomElement() ?? "A"]
        return String(characters) + "=="
    }

    /// One final binary frame, masked as every frame of a client is.
    private static func frame(_ text: String) -> ByteBuffer {
        var frame = ByteBuffer()
        let (final, binary, masked) = (UInt8(0x80), UInt8(0x02), UInt8(0x80))
        frame.writeInteger(final | binary)
        switch text.utf8.count {
        case let size where size < 126: frame.writeInteger(masked | UInt8(size))
        case let size where size <= UInt16.max: frame.writeMultipleIntegers(masked | 126, UInt16(size))
        case let size: frame.writeMultipleIntegers(masked | 127, UInt64(size))
        }
        let mask = (0..<4).map { _ in UInt8.random(in: .min ... .max) }
        frame.writeBytes(mask)
        frame.writeBytes(text.utf8.enumerated().map { $0.element ^ mask[$0.offset % 4] })
        return frame
    }
}
