import Standins

/// The properties of the cluster that can change at run time.
///
/// A value: who owns it guards it.
struct ClusterProperties: Sendable, Equatable {
    /// Counts the changes.
    private(set) var version = 1
    private var changed: [String: JSONValue] = [:]

    /// The properties that the stand-in knows, with the defaults of the real broker.
    private static let defaults: [String: JSONValue] = [
        "auto_create_topics_enabled": .bool(false),
        "default_topic_partitions": .integer(1),
        "default_topic_replications": .integer(1),
        "enable_metrics_reporter": .bool(true),
        "group_topic_partitions": .integer(16),
        "kafka_batch_max_bytes": .integer(1_048_576),
        "log_compression_type": .string("producer"),
        "log_retention_ms": .integer(604_800_000),
        "log_segment_size": .integer(134_217_728),
        "retention_bytes": .null,
        "storage_min_free_bytes": .integer(5_368_709_120),
        "topic_partitions_per_shard": .integer(1_000),
    ]

    /// All properties with their present values.
    var json: JSONValue { .object(Self.defaults.merging(changed) { $1 }) }

    /// Whether producing to an unknown topic creates it.
    var createsTopics: Bool { changed["auto_create_topics_enabled"] == .bool(true) }

    /// Changes values.
    ///
    /// - Parameters:
    ///   - upsert: new values
    ///   - remove: properties that go back to their defaults
    /// - Returns: the new version
    /// - Throws: a JSON object of the unknown properties, as the admin API answers it
    mutating func change(upsert: [String: JSONValue], remove: [String]) throws(StandinError) -> Int {
        let unknown = (Array(upsert.keys) + remove).filter { Self.defaults[$0] == nil }
        guard unknown.isEmpty else {
            let answer = unknown.map { ($0, JSONValue.string("Unknown property")) }
            throw StandinError(JSONValue.object(Dictionary(answer) { first, _ in first }).text)
        }
        changed.merge(upsert) { $1 }
        remove.forEach { changed[$0] = nil }
        version += 1
        return version
    }
}
