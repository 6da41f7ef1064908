import Glibc
import Standins
import Synchronization

/// The state that the listeners of the broker share.
final class Broker: Sendable {
    private struct State {
        var hasStarted = false
        var provocation = Provocation()
        var topics = TopicStore()
        var properties = ClusterProperties()
        var kafkaConnections = 0
        var kafkaReceivedBytes = 0
        var kafkaSentBytes = 0
    }

    /// The configuration that the broker was started with.
    let configuration: BrokerConfiguration
    /// The memory given to the broker in bytes.
    let memory: Int
    /// Open while Kafka clients are served.
    let kafkaGate = Gate(isOpen: true)
    /// Open while Kafka clients are to be cut off.
    let kafkaClosing = Gate(isOpen: false)

    /// Open while the admin API answers.
    let adminGate = Gate(isOpen: true)

    private let startedAt = ContinuousClock.now
    private let state = Mutex(State())

    /// Makes a broker that is still booting.
    ///
    /// - Parameters:
    ///   - configuration: from its `redpanda.yaml`
    ///   - memory: from its command line
    init(configuration: BrokerConfiguration, memory: Int) {
        self.configuration = configuration
        self.memory = memory
    }

    /// What is provoked now.
    var provocation: Provocation { state.withLock(\.provocation) }

    /// The answer to "are you ready".
    var readiness: String {
        state.withLock { $0.provocation.ready ?? ($0.hasStarted ? "ready" : "booting") }
    }

    /// The cluster's properties.
    var properties: ClusterProperties { state.withLock(\.properties) }

    /// Says that all listeners are up.
    ///
    /// - Returns: whether they are for the first time
    func markStarted() -> Bool {
        state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
    }

    /// Applies changes of the control endpoint, all or none.
    ///
    /// - Parameter changes: keys and values
    /// - Throws: where one of them is unknown
    func provoke(_ changes: [String: JSONValue]) throws(StandinError) {
        let deeds = try state.withLock { state throws(StandinError) -> [Provocation.Deed] in
            var provocation = state.provocation
            var deeds: [Provocation.Deed] = []
            for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
                if let deed = try provocation.apply(key, value) { deeds.append(deed) }
            }
            state.provocation = provocation
            return deeds
        }
        switchKafka(on: provocation.servesKafka)
        provocation.answersAdmin ? adminGate.open() : adminGate.close()
        for deed in deeds {
            switch deed {
            case .stall(let milliseconds): BrokerLog.stall(milliseconds: milliseconds)
            case .crash(let code): Self.crash(code)
            }
        }
    }

    /// Changes the cluster's properties.
    ///
    /// - Parameters:
    ///   - upsert: new values
    ///   - remove: properties that go back to their defaults
    /// - Returns: the new version of the configuration
    /// - Throws: where a property is unknown
    func changeProperties(upsert: [String: JSONValue], remove: [String]) throws(StandinError) -> Int {
        try state.withLock { state throws(StandinError) in
            try state.properties.change(upsert: upsert, remove: remove)
        }
    }

    /// Takes one produced message.
    ///
    /// - Parameters:
    ///   - message: its bytes
    ///   - topic: the topic
    /// - Returns: false where the topic is unknown
    func produce(_ message: [UInt8], to topic: String) -> Bool {
        state.withLock { state in
            let creates = configuration.createsTopics || state.properties.createsTopics
            return state.topics.produce(message, to: topic, createsTopics: creates)
        }
    }

    /// Gives messages to a consumer.
    ///
    /// - Parameters:
    ///   - topic: the topic
    ///   - offset: the first offset wanted; negative means the end
    ///   - limit: at most so many
    /// - Returns: the messages, the offset behind them, and the end of the topic
    func consume(_ topic: String, from offset: Int, limit: Int) -> (messages: [[UInt8]], next: Int, end: Int) {
        state.withLock { $0.topics.consume(topic, from: offset, limit: limit) }
    }

    /// The end of a topic.
    ///
    /// - Parameter topic: the topic
    /// - Returns: the offset behind its last message; zero where the topic is unknown
    func end(of topic: String) -> Int {
        state.withLock { $0.topics.topics[topic]?.end ?? 0 }
    }

    /// Counts a client that came (1) or left (-1).
    func countConnection(_ change: Int) {
        state.withLock { $0.kafkaConnections += change }
    }

    /// Counts bytes of the Kafka port.
    func countTraffic(received: Int = 0, sent: Int = 0) {
        state.withLock { state in
            state.kafkaReceivedBytes += received
            state.kafkaSentBytes += sent
        }
    }

    /// What the metrics are written from.
    func figures() -> BrokerFigures {
        let (disk, process) = (DiskFigures(path: configuration.dataDirectory), ProcessFigures())
        return state.withLock { state in
            BrokerFigures(
                uptime: ContinuousClock.now - startedAt,
                memory: memory,
                process: process,
                diskFree: state.provocation.diskFree ?? disk.free,
                diskTotal: disk.total,
                provocation: state.provocation,
                topics: state.topics.topics,
                kafkaConnections: state.kafkaConnections,
                kafkaReceivedBytes: state.kafkaReceivedBytes,
                kafkaSentBytes: state.kafkaSentBytes
            )
        }
    }

    private func switchKafka(on: Bool) {
        if on {
            kafkaClosing.close()
            kafkaGate.open()
        } else {
            kafkaGate.close()
            kafkaClosing.open()
        }
    }

    /// Ends the process as a crash does: beyond 128 by a signal, else by an exit code.
    private static func crash(_ code: Int) {
        if code > 128 {
            signal(CInt(code - 128), SIG_DFL)
            raise(CInt(code - 128))
        }
        exit(CInt(code))
    }
}
