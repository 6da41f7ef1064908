/// The section `redpanda`: the one broker of a box.
enum BrokerSchema {
    static let name = Setting("name", .string(.process), default: "redpanda", help: "Its name in the tree.")
    static let command = Setting(
        "command",
        .list(of: .text, count: 1...16),
        default: ["redpanda"],
        help: "The program, such as [redpanda] or [rpk, redpanda, start]; its options are added."
    )
    static let dataDirectory = Setting<String?>(
        "dataDirectory",
        .path,
        help: "Where the broker keeps its data; without it a folder of the gateway's own data directory."
    )
    static let kafka = endpoint("kafka", 9092, help: "Where clients connect.")
    static let admin = endpoint("admin", 9644, help: "Where the broker is administered and observed.")
    static let rpc = endpoint("rpc", 33145, help: "Where brokers talk to each other.")
    static let memory = Setting(
        "memory",
        .byteCount(ByteCount.mebibytes(128)...ByteCount.tebibytes(16)),
        default: ByteCount.gibibytes(2),
        help: "Memory that the broker takes; units are powers of 1024."
    )
    static let cores = Setting("cores", .integer(1...1024), default: 1, help: "Processor cores that it uses.")
    static let developerMode = Setting(
        "developerMode",
        .boolean,
        default: true,
        help: "Whether it runs on file systems and machines that Redpanda does not recommend."
    )
    static let arguments = Setting<[String]>(
        "arguments",
        .list(of: .text, count: 0...1000),
        default: [],
        help: "Further arguments of the program."
    )
    static let properties = Setting(
        "properties",
        .document,
        default: ConfigurationObject(),
        secrecy: .secretNames,
        help: "Content of redpanda.yaml, laid over what the gateway writes: {redpanda: {...}, pandaproxy: {...}}."
    )
    static let cluster = Setting(
        "cluster",
        .map(keys: .clusterProperty, of: .scalar),
        default: ConfigurationObject(),
        secrecy: .secretNames,
        help: "Cluster properties, which the gateway sets while the broker runs."
    )
    static let idleAfter = Setting(
        "idleAfter",
        .duration(.seconds(1) ... .seconds(86400)),
        default: Duration.seconds(30),
        help: "Time without traffic after which the broker counts as idle."
    )
    static let stopTimeout = Setting(
        "stopTimeout",
        .duration(.zero ... .seconds(3600)),
        default: Duration.seconds(60),
        help: "Time between the request to end and the kill."
    )
    static let startupTimeout = Setting(
        "startupTimeout",
        .duration(.seconds(1) ... .seconds(3600)),
        default: Duration.seconds(120),
        help: "Time that a starting broker gets to become ready."
    )
    static let object = ObjectSchema(
        [
            name.field, ProcessSchema.enabled.field, command.field, arguments.field, dataDirectory.field, kafka.field,
            admin.field, rpc.field, memory.field, cores.field, developerMode.field, properties.field, cluster.field,
            ProcessSchema.environment.field, ProcessSchema.dependsOn.field, ProcessSchema.stateMapping.field,
            ProcessSchema.startupGrace.field, startupTimeout.field, idleAfter.field, stopTimeout.field,
        ] + ExecutionSchema.broker.fields
    )

    private static func endpoint(_ name: String, _ port: Int, help: String) -> Setting<Endpoint> {
        Setting(name, .endpoint(ports: 1...65535), default: Endpoint(host: "127.0.0.1", port: port), help: help)
    }
}
