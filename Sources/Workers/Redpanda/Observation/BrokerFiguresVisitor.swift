import Exposition

/// Picks the figures of a broker out of its metrics.
struct BrokerFiguresVisitor: ExpositionVisitor {
    private(set) var figures = BrokerFigures()

    mutating func sample(_ sample: ExpositionSample) {
        let value = sample.value
        switch sample.name.string {
        case "redpanda_application_uptime_seconds_total": add(seconds: value, to: \.uptime)
        case "redpanda_storage_disk_free_bytes": add(value, to: \.disk.freeBytes)
        case "redpanda_storage_disk_total_bytes": add(value, to: \.disk.totalBytes)
        case "redpanda_storage_disk_free_space_alert":
            figures.disk.alert = Int(exactly: value).flatMap(BrokerFigures.Disk.Alert.init)
        case "redpanda_cluster_brokers": add(value, to: \.cluster.brokers)
        case "redpanda_cluster_topics": add(value, to: \.cluster.topics)
        case "redpanda_cluster_unavailable_partitions": add(value, to: \.cluster.unavailablePartitions)
        case "redpanda_kafka_partitions": add(value, to: \.kafka.partitions)
        case "redpanda_kafka_under_replicated_replicas": add(value, to: \.kafka.underReplicatedReplicas)
        case "redpanda_kafka_request_bytes_total": addRequestBytes(sample)
        case "redpanda_memory_available_memory": add(value, to: \.availableMemoryBytes)
        case "redpanda_cpu_busy_seconds_total": add(seconds: value, to: \.busyTime)
        default: break
        }
    }

    private mutating func addRequestBytes(_ sample: ExpositionSample) {
        guard let request = sample.labels["redpanda_request"] else { return }
        if request == "produce" {
            add(sample.value, to: \.kafka.producedBytes)
        } else if request == "consume" {
            add(sample.value, to: \.kafka.consumedBytes)
        }
    }

    /// Adds a count or a number of bytes to a sum over topics or cores; what is none is left out.
    private mutating func add(_ value: Double, to figure: WritableKeyPath<BrokerFigures, Int?>) {
        guard let whole = Int(count: value) else { return }
        figures[keyPath: figure] = [figures[keyPath: figure] ?? 0, whole].saturatingSum
    }

    private mutating func add(seconds: Double, to figure: WritableKeyPath<BrokerFigures, Duration?>) {
        // Beyond 34,000 years it is no time, and a sum of such could not be held.
        guard (0...0x1p40).contains(seconds) else { return }
        figures[keyPath: figure] = (figures[keyPath: figure] ?? .zero) + .seconds(seconds)
    }
}
