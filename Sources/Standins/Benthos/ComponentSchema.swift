/// The fields of the components that the stand-in knows.
///
/// The field names are those of the component reference of Benthos 4; a star marks a required one.
struct ComponentSchema {
    /// The classes of components, in the words of benthos' messages.
    enum Class: String {
        case input, output, metrics, processor
    }

    /// All fields.
    let fields: Set<String>
    /// The required fields, in the order of the reference.
    let required: [String]

    /// Looks a component up.
    ///
    /// - Parameters:
    ///   - name: the name of its type
    ///   - kind: its class
    /// - Returns: nothing where it is unknown
    static func of(_ name: String, _ kind: Class) -> ComponentSchema? {
        table(kind)[name].map(ComponentSchema.init)
    }

    /// The keys that may stand beside the name of the type.
    ///
    /// - Parameter kind: a class
    /// - Returns: the keys
    static func commonKeys(_ kind: Class) -> Set<String> {
        switch kind {
        case .input, .output: ["label", "processors"]
        case .metrics: ["mapping"]
        case .processor: ["label"]
        }
    }

    /// The keys of the file itself.
    static let topLevel = words(
        """
        http input buffer pipeline output input_resources processor_resources output_resources cache_resources
        rate_limit_resources logger metrics tracer shutdown_delay shutdown_timeout tests
        """)
    /// The keys of `http`.
    static let http = words(
        """
        enabled address root_path debug_endpoints cert_file key_file cors basic_auth
        """)
    /// The keys of `logger`.
    static let logger = words(
        """
        level format add_timestamp level_name timestamp_name message_name static_fields file
        """)
    /// The keys of `pipeline`.
    static let pipeline: Set<String> = ["threads", "processors"]

    private init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        required = words.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
        fields = Set(words.filter { !$0.hasSuffix("*") } + required)
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static func table(_ kind: Class) -> [String: String] {
        switch kind {
        case .input: inputs
        case .output: outputs
        case .metrics: metrics
        case .processor: processors
        }
    }

    private static let kafkaFields = """
        client_id rack_id tls sasl metadata_max_age request_timeout_overhead conn_idle_timeout idle_timeout
        max_in_flight batching timeout compression
        """
    private static let inputs = [
        "stdin": "scanner auto_replay_nacks codec max_buffer",
        "generate": "mapping* interval count batch_size auto_replay_nacks",
        "file": "paths* scanner delete_on_finish auto_replay_nacks codec max_buffer",
        "socket": "network* address* auto_replay_nacks scanner codec max_buffer",
        "http_server": """
        address path ws_path ws_welcome_message ws_rate_limit_message allowed_verbs timeout rate_limit cert_file
        key_file cors sync_response
        """,
        "kafka_franz": """
        seed_brokers* topics* consumer_group regexp_topics checkpoint_limit commit_period start_from_oldest
        multi_header auto_replay_nacks
        """ + " " + kafkaFields,
        "redpanda": """
        seed_brokers* topics* consumer_group regexp_topics partition_buffer_bytes start_offset multi_header
        commit_period auto_replay_nacks topic_lag_refresh_period
        """ + " " + kafkaFields,
    ]
    private static let outputs = [
        "stdout": "codec",
        "drop": "",
        "file": "path* codec",
        "socket": "network* address* codec",
        "websocket": "url* proxy_url tls oauth basic_auth jwt",
        "resource": "",
        "http_client": """
        url* verb headers metadata dump_request_log_level oauth oauth2 basic_auth jwt tls extract_headers rate_limit
        timeout retry_period max_retry_backoff retries backoff_on drop_on successful_on proxy_url batch_as_multipart
        propagate_response max_in_flight batching multipart disable_http2
        """,
        "kafka_franz": "seed_brokers* topic* key partition partitioner idempotent_write metadata max_message_bytes "
            + kafkaFields,
        "redpanda": "seed_brokers* topic* key partition partitioner idempotent_write metadata max_message_bytes "
            + kafkaFields,
    ]
    private static let metrics = [
        "none": "",
        "json_api": "",
        "logger": "push_interval flush_metrics",
        "prometheus": """
        use_histogram_timing histogram_buckets summary_quantiles_objectives add_process_metrics add_go_metrics
        push_url push_interval push_job_name push_basic_auth file_output_path
        """,
    ]
    private static let processors = [
        "mapping": "", "bloblang": "", "mutation": "", "noop": "",
        "log": "level message fields_mapping add_timestamp fields",
        "sleep": "duration*",
        "command": "name* args_mapping",
    ]
}
