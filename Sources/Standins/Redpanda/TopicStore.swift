import Standins

/// The topics of the broker, one partition each.
///
/// A value: who owns it guards it.
struct TopicStore: Sendable {
    /// One partition: counts, and the last messages.
    struct Topic: Sendable {
        /// Older messages are forgotten, so that a long run stays small.
        static let retained = 1_000
        /// The log of a freshly started controller.
        static let controller = Topic(end: 7)
        /// The offset of the next message.
        var end = 0
        var messages: [[UInt8]] = []
        var producedBytes = 0
        var consumedBytes = 0
        var produced = 0
        var consumed = 0
    }

    /// The topics by name.
    private(set) var topics: [String: Topic] = [:]

    /// Adds a message.
    ///
    /// - Parameters:
    ///   - message: its bytes
    ///   - name: the topic
    ///   - createsTopics: whether an unknown topic comes into being
    /// - Returns: false where the topic is unknown
    mutating func produce(_ message: [UInt8], to name: String, createsTopics: Bool) -> Bool {
        guard createsTopics || topics[name] != nil else { return false }
        var topic = topics[name] ?? Topic()
        topic.end += 1
        topic.produced += 1
        topic.producedBytes += message.count
        topic.messages.append(message)
        if topic.messages.count > 2 * Topic.retained {
            topic.messages.removeFirst(Topic.retained)
        }
        topics[name] = topic
        return true
    }

    /// Takes messages from an offset on.
    ///
    /// - Parameters:
    ///   - name: the topic
    ///   - offset: the first offset wanted; a negative one means the end
    ///   - limit: at most so many
    /// - Returns: the messages, the offset behind them, and the end of the topic
    mutating func consume(_ name: String, from offset: Int, limit: Int) -> (messages: [[UInt8]], next: Int, end: Int) {
        guard var topic = topics[name] else { return ([], max(0, offset), 0) }
        let first = topic.end - topic.messages.count
        let start = offset < 0 ? topic.end : min(max(offset, first), topic.end)
        let messages = Array(topic.messages[(start - first)...].prefix(limit))
        topic.consumed += messages.count
        topic.consumedBytes += messages.reduce(0) { $0 + $1.count }
        topics[name] = topic
        return (messages, start + messages.count, topic.end)
    }
}
