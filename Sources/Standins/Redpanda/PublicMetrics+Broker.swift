import Standins

extension PublicMetrics {
    private static let shard = ["shard": "0"]
    /// A broker without a licence is on trial for so many seconds.
    private static let trial = 2_592_000.0
    private static let schedulingGroups = [
        "admin", "archival_upload", "cache_background_reclaim", "cluster", "datalake", "fetch", "kafka",
        "log_compaction", "main", "node_status", "raft", "raft_learner_recovery", "self_test", "transforms",
    ]

    /// Adds what the process says about itself.
    mutating func addApplication(_ figures: BrokerFigures) {
        let build = ["redpanda_revision": "b1dd9f54ab1fcd31110608ff214d0937bf30fdb1", "redpanda_version": "v24.3.8"]
        gauge("application_build", "Redpanda build information", build, 1)
        let uptime = Double(figures.uptime.nanoseconds) / 1e9
        gauge("application_uptime_seconds_total", "Redpanda uptime in seconds", uptime)
        let cpu = figures.process.cpuSeconds
        gauge("cpu_busy_seconds_total", "Total CPU busy time in seconds", Self.shard, cpu)
        let license = "Number of seconds remaining until the Enterprise license expires"
        let rest = max(0, Self.trial - uptime).rounded()
        gauge("cluster_features_enterprise_license_expiry_sec", license, rest)
        let runtime = "Accumulated runtime of task queue associated with this scheduling group"
        family("scheduler_runtime_seconds_total", .counter, runtime)
        for group in Self.schedulingGroups {
            let labels = Self.shard.merging(["redpanda_scheduling_group": group]) { $1 }
            series("scheduler_runtime_seconds_total", labels, fixed(group == "main" ? cpu : 0))
        }
    }

    /// Adds the sizes of the cluster.
    mutating func addCluster(_ figures: BrokerFigures) {
        let topics = Double(figures.topics.count)
        let unavailable = Double(figures.provocation.unavailablePartitions)
        gauge("cluster_partitions", "Number of partitions in the cluster (replicas not included)", topics)
        gauge("cluster_topics", "Number of topics in the cluster", topics)
        let help = "Number of partitions that lack quorum among replicants"
        gauge("cluster_unavailable_partitions", help, unavailable)
    }

    /// Adds the memory of the one shard.
    mutating func addMemory(_ figures: BrokerFigures) {
        let used = min(figures.process.residentMemory, Double(figures.memory))
        let free = Double(figures.memory) - used
        gauge("memory_allocated_memory", "Allocated memory size in bytes", Self.shard, used)
        let help = "Total shard memory potentially available in bytes (free_memory plus reclaimable)"
        gauge("memory_available_memory", help, Self.shard, free)
        let lowest = "The low-water mark for available_memory from process start"
        gauge("memory_available_memory_low_water_mark", lowest, Self.shard, free)
        gauge("memory_free_memory", "Free memory size in bytes", Self.shard, free)
    }

    /// Adds the connections of the two servers.
    mutating func addNetwork(_ figures: BrokerFigures) {
        let servers = [
            ("kafka", figures.kafkaConnections, figures.kafkaReceivedBytes, figures.kafkaSentBytes),
            ("internal", 0, 0, 0),
        ]
        family("rpc_active_connections", .gauge, "Count of currently active connections")
        for (server, connections, _, _) in servers {
            series("rpc_active_connections", ["redpanda_server": server], fixed(Double(connections)))
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

    /// Adds the disk, and what was read from and written to it.
    mutating func addStorage(_ figures: BrokerFigures) {
        let help = "Status of low storage space alert. 0-OK, 1-Low Space 2-Degraded"
        for disk in ["storage_cache_disk", "storage_disk"] {
            gauge(disk + "_free_bytes", "Disk storage bytes free.", Double(figures.diskFree))
            gauge(disk + "_free_space_alert", help, Double(figures.provocation.diskAlert))
            gauge(disk + "_total_bytes", "Total size of attached storage, in bytes.", Double(figures.diskTotal))
        }
        let queue = Self.shard.merging(["class": "", "iogroup": "0", "mountpoint": "none"]) { $1 }
        let produced = figures.topics.values.reduce(0) { $0 + $1.produced }
        family("io_queue_total_read_ops", .counter, "Total read operations passed in the queue")
        series("io_queue_total_read_ops", queue, "1")
        family("io_queue_total_write_ops", .counter, "Total write operations passed in the queue")
        series("io_queue_total_write_ops", queue, "\(31 + produced)")
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        gauge(name, help, [:], value)
    }
}
