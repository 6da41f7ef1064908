/// The families of `/public_metrics` whose numbers stay as they are on a single node that nothing happens to.
///
/// Names, types, help and labels are those of a broker of version 24.3.
struct QuietFamily {
    /// Without the prefix `redpanda_`.
    let name: String
    let kind: PublicMetrics.Kind
    let help: String
    /// The labels of each series.
    let series: [[String: String]]
    /// The number of each series.
    let value: Double

    /// All of them.
    static let all = cluster + services + raft + registries

    private init(
        _ name: String,
        _ kind: PublicMetrics.Kind,
        _ help: String,
        _ series: [[String: String]] = [[:]],
        _ value: Double = 0
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.series = series
        self.value = value
    }

    private static let shard = [["shard": "0"]]

    private static func each(_ label: String, _ values: String...) -> [[String: String]] {
        values.map { [label: $0] }
    }

    private static let commands = each(
        "redpanda_cmd_group", "node_management_operations", "move_operations", "configuration_operations",
        "topic_operations", "acls_and_users_operations")
    private static let statuses = each("redpanda_status", "5xx", "4xx", "3xx")
}

extension QuietFamily {
    private static let cluster = [
        QuietFamily("application_fips_mode", .gauge, "Identifies whether or not Redpanda is running in FIPS mode."),
        QuietFamily("cluster_brokers", .gauge, "Number of configured brokers in the cluster", [[:]], 1),
        QuietFamily(
            "cluster_controller_log_limit_requests_available_rps", .gauge,
            "Controller log rate limiting. Available rps for group", commands, 1_000),
        QuietFamily(
            "cluster_controller_log_limit_requests_dropped", .counter,
            "Controller log rate limiting. Amount of requests that are dropped due to exceeding limit in group",
            commands),
        QuietFamily(
            "cluster_members_backend_queued_node_operations", .gauge, "Number of queued node operations", shard),
        QuietFamily(
            "cluster_non_homogenous_fips_mode", .gauge,
            "Number of nodes that have a non-homogenous FIPS mode value"),
        QuietFamily(
            "cluster_partition_moving_from_node", .gauge, "Amount of partitions that are moving from node"),
        QuietFamily("cluster_partition_moving_to_node", .gauge, "Amount of partitions that are moving to node"),
        QuietFamily(
            "cluster_partition_node_cancelling_movements", .gauge,
            "Amount of cancelling partition movements for node"),
        QuietFamily(
            "cluster_partition_num_with_broken_rack_constraint", .gauge,
            "Number of partitions that don't satisfy the rack awareness constraint"),
        QuietFamily("node_status_rpcs_received", .gauge, "Number of node status RPCs received by this node"),
        QuietFamily("node_status_rpcs_sent", .gauge, "Number of node status RPCs sent by this node"),
        QuietFamily("node_status_rpcs_timed_out", .gauge, "Number of timed out node status RPCs from this node"),
    ]

    private static let services = [
        QuietFamily(
            "authorization_result", .counter, "Total number of authorization results by type",
            each("type", "empty", "deny", "allow")),
        QuietFamily(
            "debug_bundle_failed_generation_count", .counter, "Running count of failed debug bundle generations",
            shard),
        QuietFamily(
            "debug_bundle_last_failed_bundle_timestamp_seconds", .gauge,
            "Timestamp of last failed debug bundle generation (seconds since epoch)", shard),
        QuietFamily(
            "debug_bundle_last_successful_bundle_timestamp_seconds", .gauge,
            "Timestamp of last successful debug bundle generation (seconds since epoch)", shard),
        QuietFamily(
            "debug_bundle_successful_generation_count", .counter,
            "Running count of successful debug bundle generations", shard),
        QuietFamily(
            "kafka_rpc_sasl_session_expiration_total", .counter, "Total number of SASL session expirations"),
        QuietFamily(
            "kafka_rpc_sasl_session_reauth_attempts_total", .counter,
            "Total number of SASL reauthentication attempts"),
        QuietFamily("kafka_rpc_sasl_session_revoked_total", .counter, "Total number of SASL sessions revoked"),
        QuietFamily(
            "security_audit_errors_total", .counter,
            "Running count of errors in creating/publishing audit event log entries"),
        QuietFamily(
            "security_audit_last_event_timestamp_seconds", .counter,
            "Timestamp of last successful publish on the audit log (seconds since epoch)"),
    ]

    private static let raft = [
        QuietFamily(
            "raft_learners_gap_bytes", .gauge, "Total numbers of bytes that must be delivered to learners", shard),
        QuietFamily(
            "raft_recovery_offsets_pending", .gauge, "Sum of offsets that partitions on this node need to recover."),
        QuietFamily(
            "raft_recovery_partition_movement_available_bandwidth", .gauge,
            "Bandwidth available for partition movement. bytes/sec", shard, 104_857_600),
        QuietFamily(
            "raft_recovery_partition_movement_consumed_bandwidth", .gauge,
            "Bandwidth consumed for partition movement. bytes/sec", shard),
        QuietFamily(
            "raft_recovery_partitions_active", .gauge,
            "Number of partition replicas are currently recovering on this node."),
        QuietFamily(
            "raft_recovery_partitions_to_recover", .gauge,
            "Number of partition replicas that have to recover for this node."),
    ]

    private static let registries =
        ["rest_proxy", "schema_registry"].flatMap { server in
            [
                QuietFamily(
                    server + "_inflight_requests_memory_usage_ratio", .gauge,
                    "Memory usage ratio of in-flight requests in the \(server)", shard),
                QuietFamily(
                    server + "_inflight_requests_usage_ratio", .gauge,
                    "Usage ratio of in-flight requests in the \(server)", shard),
                QuietFamily(
                    server + "_queued_requests_memory_blocked", .gauge,
                    "Number of requests queued in \(server), due to memory limitations", shard),
                QuietFamily(
                    server + "_request_errors_total", .counter, "Total number of \(server) server errors", statuses),
                QuietFamily(
                    server + "_request_latency_seconds", .histogram, "Internal latency of request for \(server)"),
            ]
        } + [
            QuietFamily(
                "schema_registry_cache_schema_count", .gauge, "The number of schemas in the store"),
            QuietFamily(
                "schema_registry_cache_schema_memory_bytes", .gauge, "The memory usage of schemas in the store"),
            QuietFamily(
                "schema_registry_cache_subject_count", .gauge, "The number of subjects in the store",
                each("deleted", "true", "false")),
        ]
}
