import NIOCore
import Standins

/// Messages consumed from a topic. Offsets are not kept over a restart: it begins with the oldest message that there is.
actor KafkaSource: MessageSource {
    private static let idlePause = Duration.milliseconds(500)
    /// How often the lag is looked up while the flow takes no message.
    private static let lagPeriod = Duration.seconds(2)

    private let topic: String
    private let link: KafkaLink
    private let showLag: @Sendable (Int) -> Void
    private var offset: Int64 = 0
    private var end: Int64 = 0
    private var fetched: [FlowMessage] = []
    private var lagKeeper: Task<Void, Never>?

    /// Makes a source that is not connected.
    ///
    /// - Parameters:
    ///   - topic: what to consume
    ///   - link: the connection to the broker
    ///   - showLag: takes how many messages of the topic the flow has not taken yet
    init(topic: String, link: KafkaLink, showLag: @escaping @Sendable (Int) -> Void) {
        self.topic = topic
        self.link = link
        self.showLag = showLag
    }

    func connect() async throws(StandinError) {
        try await link.connect()
        showLag(0)
        lagKeeper = Task { [weak self] in
            // A cancelled pause is the end of the source.
            while (try? await Task.sleep(for: Self.lagPeriod)) != nil, let self { await self.lookUpLag() }
        }
    }

    func next() async throws(FlowFault) -> FlowMessage? {
        while fetched.isEmpty {
            var body = ByteBuffer()
            body.writeKafkaString(topic)
            body.writeInteger(offset)
            guard var answer = await link.request(.fetch, body) else { return nil }
            take(&answer)
            if fetched.isEmpty, (try? await Task.sleep(for: Self.idlePause)) == nil {
                // A cancelled pause means that no message is wanted any more.
                return nil
            }
        }
        defer { updateLag() }
        return fetched.removeFirst()
    }

    func close() async {
        lagKeeper?.cancel()
        await link.close()
    }

    private func lookUpLag() async {
        var body = ByteBuffer()
        body.writeKafkaString(topic)
        guard var answer = await link.request(.listOffsets, body), let end = answer.readInteger(as: Int64.self) else {
            return
        }
        self.end = max(end, offset)
        updateLag()
    }

    private func updateLag() {
        showLag(Int(end - offset) + fetched.count)
    }

    private func take(_ answer: inout ByteBuffer) {
        guard let next = answer.readInteger(as: Int64.self), let end = answer.readInteger(as: Int64.self),
            let count = answer.readInteger(as: Int32.self)
        else { return }
        for _ in 0..<count {
            guard let size = answer.readInteger(as: Int32.self), let text = answer.readString(length: Int(size)) else {
                return
            }
            fetched.append(FlowMessage(text: text))
        }
        offset = next
        self.end = end
        updateLag()
    }
}

/// Messages produced to a topic.
struct KafkaSink: MessageSink {
    /// As measured: so many records were under way when the broker went away.
    let slots = 10
    /// As measured, one less than in front of other outputs.
    let backlog = 5
    /// Where the messages go.
    let topic: String
    /// The connection to the broker.
    let link: KafkaLink

    func connect() async throws(StandinError) {
        try await link.connect()
    }

    func close() async {
        await link.close()
    }

    func write(_ message: FlowMessage) async throws(FlowFault) {
        var body = ByteBuffer()
        body.writeKafkaString(topic)
        body.writeString(message.text)
        guard var answer = await link.request(.produce, body) else { throw .failed("context canceled") }
        if answer.readInteger(as: Int16.self) == KafkaFrame.unknownTopic {
            throw .failed("UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.")
        }
    }
}
