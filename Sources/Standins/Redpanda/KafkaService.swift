import NIOCore
import NIOPosix
import Standins

/// The Kafka port of the broker.
struct KafkaService: Sendable {
    /// The broker whose topics are served.
    let broker: Broker
    /// The event loops to use.
    let group: any EventLoopGroup

    /// At most so many messages go into one answer.
    private static let fetchLimit = 100

    /// Serves clients until the task is cancelled; while the broker's Kafka gate is closed, nobody listens.
    ///
    /// - Parameter whenListening: called whenever the port is bound
    /// - Throws: where the port cannot be bound
    func run(whenListening: @escaping @Sendable () -> Void) async throws(StandinError) {
        while await broker.kafkaGate.pass() {
            let server: NIOAsyncChannel<AcceptedConnection, Never>
            do {
                server = try await bind()
            } catch {
                let failure = error as? IOError
                throw StandinError("listen: \(error)", errno: failure?.errnoCode)
            }
            whenListening()
            await serve(server)
        }
    }

    private func bind() async throws -> NIOAsyncChannel<AcceptedConnection, Never> {
        let address = broker.configuration.kafka
        return try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: address.effectiveHost, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    AcceptedConnection(try AcceptedConnection.Channel(wrappingChannelSynchronously: channel))
                }
            }
    }

    private func serve(_ server: NIOAsyncChannel<AcceptedConnection, Never>) async {
        let watch = Task {
            guard await broker.kafkaClosing.pass() else { return }
            server.channel.close(promise: nil)
        }
        defer { watch.cancel() }
        await withDiscardingTaskGroup { clients in
            // A listener or a client that breaks off is ordinary: the others are served on.
            try? await server.executeThenClose { connections in
                for try await connection in connections {
                    guard let channel = connection.take() else { continue }
                    clients.addTask { await serve(channel) }
                }
            }
            clients.cancelAll()
        }
    }

    private func serve(_ connection: AcceptedConnection.Channel) async {
        broker.countConnection(1)
        defer { broker.countConnection(-1) }
        // The end of a client, clean or not, is nothing that the broker reports.
        try? await connection.executeThenClose { inbound, outbound in
            var cutter = KafkaFrameCutter()
            for try await bytes in inbound {
                broker.countTraffic(received: bytes.readableBytes)
                cutter.append(bytes)
                while let content = try cutter.next() {
                    guard let (key, frame) = KafkaFrame.readRequest(content), let reply = answer(key, frame) else {
                        return
                    }
                    let bytes = reply.reply()
                    broker.countTraffic(sent: bytes.readableBytes)
                    try await outbound.write(bytes)
                }
            }
        }
    }

    /// The answer to one request; nothing means that the client is cut off, as a real broker does with an unknown one.
    private func answer(_ key: Int16, _ request: KafkaFrame) -> KafkaFrame? {
        guard let operation = KafkaFrame.Operation(rawValue: key) else { return nil }
        switch operation {
        case .apiVersions: return KafkaFrame(correlation: request.correlation, body: apiVersions())
        case .produce: return produce(request)
        case .fetch: return fetch(request)
        case .listOffsets: return listOffsets(request)
        }
    }

    /// Kafka's `ApiVersions` response, version 0: an error code and a list of key, lowest and highest version.
    private func apiVersions() -> ByteBuffer {
        var body = ByteBuffer()
        body.writeInteger(Int16(0))
        body.writeInteger(Int32(KafkaFrame.Operation.allCases.count))
        for operation in KafkaFrame.Operation.allCases {
            body.writeMultipleIntegers(operation.rawValue, Int16(0), Int16(0))
        }
        return body
    }

    private func produce(_ request: KafkaFrame) -> KafkaFrame? {
        var content = request.body
        guard let topic = content.readKafkaString() else { return nil }
        let isKnown = broker.produce(Array(content.readableBytesView), to: topic)
        var body = ByteBuffer()
        body.writeInteger(isKnown ? 0 : KafkaFrame.unknownTopic)
        return KafkaFrame(correlation: request.correlation, body: body)
    }

    private func fetch(_ request: KafkaFrame) -> KafkaFrame? {
        var content = request.body
        guard let topic = content.readKafkaString(), let offset = content.readInteger(as: Int64.self) else {
            return nil
        }
        let found = broker.consume(topic, from: Int(offset), limit: Self.fetchLimit)
        var body = ByteBuffer()
        body.writeMultipleIntegers(Int64(found.next), Int64(found.end), Int32(found.messages.count))
        for message in found.messages {
            body.writeInteger(Int32(message.count))
            body.writeBytes(message)
        }
        return KafkaFrame(correlation: request.correlation, body: body)
    }

    private func listOffsets(_ request: KafkaFrame) -> KafkaFrame? {
        var content = request.body
        guard let topic = content.readKafkaString() else { return nil }
        var body = ByteBuffer()
        body.writeInteger(Int64(broker.end(of: topic)))
        return KafkaFrame(correlation: request.correlation, body: body)
    }
}
