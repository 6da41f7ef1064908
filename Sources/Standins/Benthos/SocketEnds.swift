import NIOCore
import Standins

/// Lines read from a TCP connection.
actor SocketSource: MessageSource {
    private let remote: HostPort
    private let group: any EventLoopGroup
    private var connection: TCPConnection?
    private var pending = ByteBuffer()

    /// Makes a source that is not connected.
    ///
    /// - Parameters:
    ///   - remote: where to connect to
    ///   - group: the event loops to use
    init(_ remote: HostPort, on group: any EventLoopGroup) {
        self.remote = remote
        self.group = group
    }

    func connect() async throws(StandinError) {
        connection?.close()
        connection = nil
        pending = ByteBuffer()
        connection = try await TCPConnection.dial(remote, on: group)
    }

    func close() {
        connection?.close()
        connection = nil
    }

    func next() async throws(FlowFault) -> FlowMessage? {
        while true {
            if let end = pending.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                let line = pending.readString(length: end - pending.readerIndex) ?? ""
                pending.moveReaderIndex(forwardBy: 1)
                pending.discardReadBytes()
                return FlowMessage(text: line)
            }
            guard let connection, let bytes = await connection.read() else {
                if Task.isCancelled { return nil }
                throw .notConnected
            }
            pending.writeImmutableBuffer(bytes)
        }
    }
}

/// Lines written to a TCP connection.
actor SocketSink: MessageSink {
    nonisolated let slots = 1
    private let remote: HostPort
    private let group: any EventLoopGroup
    private var connection: TCPConnection?

    /// Makes a sink that is not connected.
    ///
    /// - Parameters:
    ///   - remote: where to connect to
    ///   - group: the event loops to use
    init(_ remote: HostPort, on group: any EventLoopGroup) {
        self.remote = remote
        self.group = group
    }

    func connect() async throws(StandinError) {
        connection?.close()
        connection = nil
        connection = try await TCPConnection.dial(remote, on: group)
    }

    func close() {
        connection?.close()
        connection = nil
    }

    func write(_ message: FlowMessage) async throws(FlowFault) {
        guard let connection else { throw .notConnected }
        do throws(StandinError) {
            try await connection.write(ByteBuffer(string: message.text + "\n"))
        } catch {
            connection.close()
            // Another connection may be up by now.
            if self.connection === connection { self.connection = nil }
            throw .failed(error.message)
        }
    }
}
