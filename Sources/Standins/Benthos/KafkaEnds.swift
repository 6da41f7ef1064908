import NIOCore
import Standins

/// Messages consumed from a topic. Offsets are not kept over a restart: it begins with the oldest message that there is.
actor KafkaSource: MessageSource {
    private static let idlePause = Duration.milliseconds(100)

    private let topic: String
    private let link: KafkaLink
    private let makeLag: @Sendable () -> FlowGauge
    private var offset: Int64 = 0
    private var fetched: [FlowMessage] = []

    /// Makes a source that is not connected.
    ///
    /// - Parameters:
    ///   - topic: what to consume
    ///   - link: the connection to the broker
    ///   - lag: makes the gauge of the lag, which appears with the first answer
    init(topic: String, link: KafkaLink, lag: @escaping @Sendable () -> FlowGauge) {
        self.topic = topic
        self.link = link
        makeLag = lag
    }

    func connect() async throws(StandinError) {
        try await link.connect()
        makeLag().set(0)
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
        return fetched.removeFirst()
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
        makeLag().set(Int(end - next))
    }
}

/// Messages produced to a topic.
struct KafkaSink: MessageSink {
    /// As measured: so many records were under way when the broker went away.
    let slots = 10
    /// Where the messages go.
    let topic: String
    /// The connection to the broker.
    let link: KafkaLink

    func connect() async throws(StandinError) {
        try await link.connect()
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
