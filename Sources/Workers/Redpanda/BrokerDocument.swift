public import YAML

/// The `redpanda.yaml` of a single broker on an edge box.
public struct BrokerDocument: Sendable, Equatable {
    /// Where the broker listens.
    public struct Listener: Sendable, Equatable {
        /// The name or address.
        public let host: String
        /// The TCP port.
        public let port: Int

        /// Creates a listener.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        fileprivate var value: YAMLValue {
            .mapping([YAMLField("address", .string(host)), YAMLField("port", .integer(port))])
        }
    }

    /// Where clients connect.
    public let kafka: Listener
    /// Where the broker is administered and observed.
    public let admin: Listener
    /// Where the broker keeps its data.
    let dataDirectory: String
    private let content: YAMLValue

    /// Composes the file.
    ///
    /// - Parameters:
    ///   - dataDirectory: where the broker keeps its data; absolute.
    ///   - kafka: where clients connect.
    ///   - admin: where the broker is administered and observed.
    ///   - rpc: where brokers talk to each other.
    ///   - isInDeveloperMode: whether it runs on machines that Redpanda does not recommend.
    ///   - properties: what is laid over all that; a mapping.
    public init(
        dataDirectory: String,
        kafka: Listener,
        admin: Listener,
        rpc: Listener,
        isInDeveloperMode: Bool = true,
        properties: YAMLValue = .mapping([])
    ) {
        self.dataDirectory = dataDirectory
        self.kafka = kafka
        self.admin = admin
        let node: YAMLValue = .mapping([
            YAMLField("data_directory", .string(dataDirectory)),
            YAMLField("seed_servers", .sequence([])),
            YAMLField("empty_seed_starts_cluster", .boolean(true)),
            YAMLField("kafka_api", .sequence([kafka.value])),
            YAMLField("admin", .sequence([admin.value])),
            YAMLField("rpc_server", rpc.value),
            YAMLField("developer_mode", .boolean(isInDeveloperMode)),
            YAMLField("auto_create_topics_enabled", .boolean(true)),
        ])
        let document: YAMLValue = .mapping([
            YAMLField("redpanda", node),
            YAMLField("pandaproxy", .mapping([])),
            YAMLField("schema_registry", .mapping([])),
        ])
        content = document.merged(with: properties)
    }

    /// The text of the file.
    ///
    /// - Throws: `YAMLError` when it cannot be written down.
    func render() throws(YAMLError) -> String {
        String(decoding: try YAMLWriter.write(content), as: UTF8.self)
    }
}
