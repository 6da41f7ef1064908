import NIOCore
import Standins

/// A client's connection to a Kafka broker. Once it has been up, its loss is the link's own business: requests wait until
/// the broker is back, and nobody else learns of it, as with the real client.
actor KafkaLink {
    /// The pauses between attempts to reach a broker again, as measured.
    private static let pauses: [Duration] = [
        .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(5),
    ]

    private let remote: HostPort
    private let group: any EventLoopGroup
    private let provocation: FlowProvocation
    private let isUp = Gate(isOpen: false)
    private var warnings: KafkaWarnings
    private var connection: TCPConnection?
    private var cutter = KafkaFrameCutter()
    private var correlation: Int32 = 0
    /// Bounded by the slots of the sink, or one of a source.
    private var waiting: [Int32: CheckedContinuation<ByteBuffer?, Never>] = [:]
    private var keeper: Task<Void, Never>?

    /// Makes a link that is not connected.
    ///
    /// - Parameters:
    ///   - remote: the broker
    ///   - group: the event loops to use
    ///   - warnings: what is logged about the broker
    ///   - provocation: may take the broker away
    init(_ remote: HostPort, on group: any EventLoopGroup, warnings: KafkaWarnings, provocation: FlowProvocation) {
        self.remote = remote
        self.group = group
        self.warnings = warnings
        self.provocation = provocation
    }

    /// Connects for the first time.
    ///
    /// - Throws: where the broker does not answer
    func connect() async throws(StandinError) {
        do throws(StandinError) {
            try await dial()
        } catch {
            warnings.firstDialFailed(error)
            throw StandinError("unable to dial: \(error)")
        }
        isUp.open()
        keeper = Task { [weak self] in
            while let self, !Task.isCancelled { await self.keep() }
        }
    }

    /// Asks the broker, as often as it takes.
    ///
    /// - Parameters:
    ///   - operation: what is asked for
    ///   - body: the body of the request
    /// - Returns: the body of the answer; nothing where the task was cancelled
    func request(_ operation: KafkaFrame.Operation, _ body: ByteBuffer) async -> ByteBuffer? {
        while await isUp.pass() {
            guard let connection else { continue }
            correlation &+= 1
            let number = correlation
            let reply = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    waiting[number] = continuation
                    connection.send(KafkaFrame(correlation: number, body: body).request(operation, client: "benthos"))
                }
            } onCancel: {
                Task { await self.giveUp(number) }
            }
            if let reply { return reply }
        }
        return nil
    }

    /// Ends the connection for good.
    func close() {
        keeper?.cancel()
        connection?.close()
    }

    private func giveUp(_ number: Int32) {
        waiting.removeValue(forKey: number)?.resume(returning: nil)
    }

    /// Opens a connection and greets the broker.
    private func dial() async throws(StandinError) {
        if provocation.brokerGone.isOpen { throw TCPConnection.refusal(of: remote) }
        let fresh = try await TCPConnection.dial(remote, on: group)
        cutter = KafkaFrameCutter()
        fresh.send(KafkaFrame(correlation: 0, body: ByteBuffer()).request(.apiVersions, client: "benthos"))
        while try cutter.next() == nil {
            guard let bytes = await fresh.read() else {
                fresh.close()
                throw StandinError("EOF")
            }
            cutter.append(bytes)
        }
        connection = fresh
    }

    /// Reads answers until the connection ends, and brings it up again.
    private func keep() async {
        guard let connection else { return }
        let watch = Task { [provocation] in
            if await provocation.brokerGone.pass() { connection.close() }
        }
        await readAnswers(connection)
        watch.cancel()
        connection.close()
        guard !Task.isCancelled else { return }
        isUp.close()
        self.connection = nil
        waiting.values.forEach { $0.resume(returning: nil) }
        waiting.removeAll()
        warnings.connectionEnded()
        await redial()
    }

    private func readAnswers(_ connection: TCPConnection) async {
        while let bytes = await connection.read() {
            cutter.append(bytes)
            // A frame that cannot be read ends the connection like one that was cut.
            while let content = try? cutter.next(), let frame = KafkaFrame.readReply(content) {
                waiting.removeValue(forKey: frame.correlation)?.resume(returning: frame.body)
            }
        }
    }

    private func redial() async {
        var schedule = RetrySchedule(Self.pauses)
        while !Task.isCancelled {
            do throws(StandinError) {
                try await dial()
                isUp.open()
                return
            } catch {
                let pause = schedule.next()
                warnings.redialFailed(error, pause: pause)
                // A cancelled pause ends the loop.
                try? await Task.sleep(for: pause)
            }
        }
    }
}
