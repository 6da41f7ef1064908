import Standins

extension PublicMetrics {
    /// The broker's own log, which is there before any topic is.
    private static let controller = TopicLabels(namespace: "redpanda", name: "controller")

    /// The labels of a topic's series.
    private struct TopicLabels {
        var namespace = "kafka"
        let name: String

        /// The labels of the topic.
        var topic: [String: String] { ["redpanda_namespace": namespace, "redpanda_topic": name] }
        /// The labels of its only partition.
        var partition: [String: String] { topic.merging(["redpanda_partition": "0"]) { $1 } }
    }

    /// Adds the latencies of the Kafka port.
    mutating func addKafka(_ figures: BrokerFigures) {
        let produced = figures.topics.values.reduce(0) { $0 + $1.produced }
        let consumed = figures.topics.values.reduce(0) { $0 + $1.consumed }
        family("kafka_handler_latency_seconds", .histogram, "Latency histogram of kafka requests")
        histogram("kafka_handler_latency_seconds", ["handler": "produce"], count: produced)
        histogram("kafka_handler_latency_seconds", ["handler": "fetch"], count: consumed)
        family("kafka_request_latency_seconds", .histogram, "Internal latency of kafka produce requests")
        histogram("kafka_request_latency_seconds", ["redpanda_request": "produce"], count: produced)
        histogram("kafka_request_latency_seconds", ["redpanda_request": "consume"], count: consumed)
    }

    /// Adds the quotas, of which there are none.
    mutating func addQuotas() {
        let rules = [
            "not_applicable", "kafka_client_default", "kafka_client_prefix", "kafka_client_id",
            "cluster_client_default", "cluster_client_prefix",
        ]
        let types = ["produce_quota", "fetch_quota", "partition_mutation_quota"]
        let quotas = rules.flatMap { rule in
            types.map { ["redpanda_quota_rule": rule, "redpanda_quota_type": $0] }
        }
        let throttling = "Client quota throttling delay per rule and quota type (in seconds)"
        family("kafka_quotas_client_quota_throttle_time", .histogram, throttling)
        for quota in quotas { histogram("kafka_quotas_client_quota_throttle_time", quota, .throttling, count: 0) }
        let throughput = "Client quota throughput per rule and quota type"
        family("kafka_quotas_client_quota_throughput", .histogram, throughput)
        for quota in quotas { histogram("kafka_quotas_client_quota_throughput", quota, .throughput, count: 0) }
    }

    /// Adds the topics, the controller's log among them.
    ///
    /// Two families are absent on a broker without topics.
    mutating func addTopics(_ figures: BrokerFigures) {
        let own = figures.topics.sorted { $0.key < $1.key }.map { (TopicLabels(name: $0.key), $0.value) }
        let all = [(Self.controller, TopicStore.Topic.controller)] + own
        family("kafka_max_offset", .gauge, "Latest readable offset of the partition (i.e. high watermark)")
        for (labels, topic) in all { series("kafka_max_offset", labels.partition, fixed(Double(topic.end))) }
        addRecords(all)
        let elections = "Number of won leader elections across all partitions in given topic"
        family("raft_leadership_changes", .counter, elections)
        for (labels, _) in all { series("raft_leadership_changes", labels.topic, "1") }
        guard !own.isEmpty else { return }
        family("kafka_partitions", .gauge, "Configured number of partitions for the topic")
        for (labels, _) in own { series("kafka_partitions", labels.topic, fixed(1)) }
        let help = "Number of under replicated replicas (i.e. replicas that are live, but not at the latest offest)"
        family("kafka_under_replicated_replicas", .gauge, help)
        for (labels, _) in all { series("kafka_under_replicated_replicas", labels.partition, fixed(0)) }
    }

    private mutating func addRecords(_ topics: [(TopicLabels, TopicStore.Topic)]) {
        family("kafka_records_fetched_total", .counter, "Total number of records fetched")
        for (labels, topic) in topics { series("kafka_records_fetched_total", labels.topic, "\(topic.consumed)") }
        family("kafka_records_produced_total", .counter, "Total number of records produced")
        for (labels, topic) in topics { series("kafka_records_produced_total", labels.topic, "\(topic.produced)") }
        family("kafka_request_bytes_total", .counter, "Total number of bytes produced per topic")
        for (labels, topic) in topics {
            let amounts = [
                ("produce", topic.producedBytes), ("follower_consume", 0), ("consume", topic.consumedBytes),
            ]
            for (request, bytes) in amounts {
                let request = labels.topic.merging(["redpanda_request": request]) { $1 }
                series("kafka_request_bytes_total", request, "\(bytes)")
            }
        }
    }
}
