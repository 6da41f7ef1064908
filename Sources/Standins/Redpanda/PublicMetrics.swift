import Standins

/// The broker's `/public_metrics` in the form of Seastar's exporter: an empty label set is written `{}`, gauges have six
/// decimals, counters are integers, labels stand in alphabetical order.
struct PublicMetrics {
    /// A type of the text format.
    enum Kind: String {
        case counter, gauge, histogram
    }

    private var lines = ""

    /// The whole text of one moment.
    ///
    /// - Parameter figures: the moment
    /// - Returns: text in the Prometheus text format 0.0.4
    static func text(_ figures: BrokerFigures) -> String {
        var metrics = PublicMetrics()
        metrics.addApplication(figures)
        metrics.addCluster(figures)
        metrics.addKafka(figures)
        metrics.addMemory(figures)
        metrics.addNetwork(figures)
        metrics.addStorage(figures)
        return metrics.lines
    }

    /// Starts a family.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - kind: its type
    ///   - help: one line
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        lines += "# HELP redpanda_\(name) \(help)\n# TYPE redpanda_\(name) \(kind.rawValue)\n"
    }

    /// Adds a family of one gauge.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - help: one line
    ///   - labels: the labels of the series
    ///   - value: its value
    mutating func gauge(_ name: String, _ help: String, _ labels: [String: String] = [:], _ value: Double) {
        family(name, .gauge, help)
        series(name, labels, Self.fixed(value))
    }

    /// Adds a series to the family that was started last.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - labels: its labels
    ///   - value: the written value
    mutating func series(_ name: String, _ labels: [String: String], _ value: String) {
        let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        lines += "redpanda_\(name){\(text)} \(value)\n"
    }

    /// Adds one histogram without observations beyond a count in its first bucket.
    ///
    /// - Parameters:
    ///   - name: without the prefix `redpanda_`
    ///   - labels: its labels
    ///   - count: the observations, all of them fast
    mutating func histogram(_ name: String, _ labels: [String: String], count: Int) {
        series(name + "_sum", labels, "\(count / 10)")
        series(name + "_count", labels, "\(count)")
        for bound in Self.bounds + ["+Inf"] {
            series(name + "_bucket", labels.merging(["le": bound]) { $1 }, "\(count)")
        }
    }

    /// A number with six decimals, as `%.6f` writes it.
    ///
    /// - Parameter value: less than 9e12 in magnitude
    /// - Returns: the text
    static func fixed(_ value: Double) -> String {
        let micros = Int((value.magnitude * 1e6).rounded())
        return "\(value < 0 ? "-" : "")\(micros / 1_000_000).\(String(1_000_000 + micros % 1_000_000).dropFirst())"
    }

    /// The upper bounds of a latency in seconds: powers of two times 256 µs, less one: Redpanda's "log_hist_public".
    private static let bounds = (0...17).map { fixed(Double((256 << $0) - 1) / 1e6) }
}

extension PublicMetrics {
    private mutating func addApplication(_ figures: BrokerFigures) {
        let build = ["redpanda_revision": "b1dd9f54ab1fcd31110608ff214d0937bf30fdb1", "redpanda_version": "v24.3.8"]
        gauge("application_build", "Redpanda build information", build, 1)
        let fips = "Identifies whether or not Redpanda is running in FIPS mode."
        gauge("application_fips_mode", fips, 0)
        let uptime = Double(figures.uptime.nanoseconds) / 1e9
        gauge("application_uptime_seconds_total", "Redpanda uptime in seconds", uptime)
    }

    private mutating func addCluster(_ figures: BrokerFigures) {
        let topics = Double(figures.topics.count)
        let unavailable = Double(figures.provocation.unavailablePartitions)
        gauge("cluster_brokers", "Number of configured brokers in the cluster", 1)
        gauge("cluster_partitions", "Number of partitions in the cluster (replicas not included)", topics)
        gauge("cluster_topics", "Number of topics in the cluster", topics)
        let help = "Number of partitions that lack quorum among replicants"
        gauge("cluster_unavailable_partitions", help, unavailable)
        gauge("cpu_busy_seconds_total", "Total CPU busy time in seconds", Self.shard, figures.process.cpuSeconds)
    }

    private mutating func addKafka(_ figures: BrokerFigures) {
        let topics = figures.topics.sorted { $0.key < $1.key }
        let (produced, consumed) = topics.reduce(into: (0, 0)) { sums, topic in
            sums.0 += topic.value.produced
            sums.1 += topic.value.consumed
        }
        family("kafka_handler_latency_seconds", .histogram, "Latency histogram of kafka requests")
        histogram("kafka_handler_latency_seconds", ["handler": "produce"], count: produced)
        histogram("kafka_handler_latency_seconds", ["handler": "fetch"], count: consumed)
        if !topics.isEmpty { addTopics(topics) }
        family("kafka_request_latency_seconds", .histogram, "Internal latency of kafka produce requests")
        histogram("kafka_request_latency_seconds", ["redpanda_request": "produce"], count: produced)
        histogram("kafka_request_latency_seconds", ["redpanda_request": "consume"], count: consumed)
    }

    /// The families that are absent on a broker without topics.
    private mutating func addTopics(_ topics: [(key: String, value: TopicStore.Topic)]) {
        family("kafka_max_offset", .gauge, "Latest readable offset of the partition (i.e. high watermark)")
        for (name, topic) in topics {
            series("kafka_max_offset", Self.partition(name), Self.fixed(Double(topic.end)))
        }
        addRecords(topics)
        let help = "Number of under replicated replicas (i.e. replicas that are live, but not at the latest offest)"
        family("kafka_under_replicated_replicas", .gauge, help)
        for (name, _) in topics {
            series("kafka_under_replicated_replicas", Self.partition(name), Self.fixed(0))
        }
    }

    private mutating func addRecords(_ topics: [(key: String, value: TopicStore.Topic)]) {
        family("kafka_records_fetched_total", .counter, "Total number of records fetched")
        for (name, topic) in topics {
            series("kafka_records_fetched_total", Self.topic(name), "\(topic.consumed)")
        }
        family("kafka_records_produced_total", .counter, "Total number of records produced")
        for (name, topic) in topics {
            series("kafka_records_produced_total", Self.topic(name), "\(topic.produced)")
        }
        family("kafka_request_bytes_total", .counter, "Total number of bytes produced per topic")
        for (name, topic) in topics {
            let amounts = [
                ("produce", topic.producedBytes), ("follower_consume", 0), ("consume", topic.consumedBytes),
            ]
            for (request, bytes) in amounts {
                let labels = Self.topic(name).merging(["redpanda_request": request]) { $1 }
                series("kafka_request_bytes_total", labels, "\(bytes)")
            }
        }
    }

    private mutating func addMemory(_ figures: BrokerFigures) {
        let used = min(figures.process.residentMemory, Double(figures.memory))
        let free = Double(figures.memory) - used
        gauge("memory_allocated_memory", "Allocated memory size in bytes", Self.shard, used)
        let help = "Total shard memory potentially available in bytes (free_memory plus reclaimable)"
        gauge("memory_available_memory", help, Self.shard, free)
        let lowest = "The low-water mark for available_memory from process start"
        gauge("memory_available_memory_low_water_mark", lowest, Self.shard, free)
        gauge("memory_free_memory", "Free memory size in bytes", Self.shard, free)
    }

    private mutating func addNetwork(_ figures: BrokerFigures) {
        let servers = [
            ("kafka", figures.kafkaConnections, figures.kafkaReceivedBytes, figures.kafkaSentBytes),
            ("internal", 0, 0, 0),
        ]
        family("rpc_active_connections", .gauge, "Count of currently active connections")
        for (server, connections, _, _) in servers {
            series("rpc_active_connections", ["redpanda_server": server], Self.fixed(Double(connections)))
        }
        family(
            "rpc_received_bytes", .counter, "internal: Number of bytes received from the clients in valid requests")
        for (server, _, received, _) in servers {
            series("rpc_received_bytes", ["redpanda_server": server], "\(received)")
        }
        family("rpc_request_errors_total", .counter, "Number of rpc errors")
        for (server, _, _, _) in servers {
            series("rpc_request_errors_total", ["redpanda_server": server], "0")
        }
        family("rpc_request_latency_seconds", .histogram, "RPC latency")
        for (server, _, _, _) in servers {
            histogram("rpc_request_latency_seconds", ["redpanda_server": server], count: 0)
        }
        family("rpc_sent_bytes", .counter, "internal: Number of bytes sent to clients")
        for (server, _, _, sent) in servers {
            series("rpc_sent_bytes", ["redpanda_server": server], "\(sent)")
        }
    }

    private mutating func addStorage(_ figures: BrokerFigures) {
        let help = "Status of low storage space alert. 0-OK, 1-Low Space 2-Degraded"
        for disk in ["storage_cache_disk", "storage_disk"] {
            gauge(disk + "_free_bytes", "Disk storage bytes free.", Double(figures.diskFree))
            gauge(disk + "_free_space_alert", help, Double(figures.provocation.diskAlert))
            gauge(disk + "_total_bytes", "Total size of attached storage, in bytes.", Double(figures.diskTotal))
        }
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        gauge(name, help, [:], value)
    }

    private static let shard = ["shard": "0"]

    private static func topic(_ name: String) -> [String: String] {
        ["redpanda_namespace": "kafka", "redpanda_topic": name]
    }

    private static func partition(_ name: String) -> [String: String] {
        topic(name).merging(["redpanda_partition": "0"]) { $1 }
    }
}
