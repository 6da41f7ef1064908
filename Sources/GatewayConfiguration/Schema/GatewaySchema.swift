/// The whole configuration: every section, field, default and bound is declared here and in the schemas it names.
package enum GatewaySchema {
    static let agent = section("agent", AgentSchema.object, help: "Who this box is.")
    static let supervisor = section("supervisor", SupervisorSchema.object, help: "How the tree is supervised.")
    static let store = section("store", StoreSchema.object, help: "What is remembered on disk.")
    static let actions = section("actions", ActionsSchema.object, help: "The pool that runs actions.")
    static let web = section("web", WebSchema.object, help: "Metrics and health over HTTP.")
    static let logging = section("logging", LoggingSchema.object, help: "The gateway's own log.")
    static let variables = Setting(
        "variables",
        .map(keys: .templateVariable, of: .free),
        default: ConfigurationObject(),
        secrecy: .secretNames,
        help: "Values that expressions such as {{ global.NAME }} stand for in every child."
    )
    static let redpanda = Setting<ConfigurationObject?>(
        "redpanda",
        .object(BrokerSchema.object),
        help: "The broker of this box; without the section there is none."
    )
    static let flows = Setting<[ConfigurationObject]>(
        "flows",
        .list(of: .object(FlowSchema.object), count: 0...10_000),
        default: [],
        help: "The flows to run, each a Benthos of its own."
    )
    static let protocolConverters = Setting<[ConfigurationObject]>(
        "protocolConverters",
        .list(of: .object(ProtocolConverterSchema.object), count: 0...10_000),
        default: [],
        help: "Devices, each with a connection and the flows from it and to it."
    )
    static let templates = Setting(
        "templates",
        .map(keys: .segment, of: .object(TemplateSchema.object)),
        default: ConfigurationObject(),
        help: "Flows and protocol converters with expressions, for any number of children to use by name."
    )
    static let limits = section("limits", BoxLimitsSchema.object, help: "What all children together may use.")
    static let processes = Setting<[ConfigurationObject]>(
        "processes",
        .list(of: .object(ProcessSchema.object), count: 0...10_000),
        default: [],
        help: "The programs to run."
    )

    /// The top level of the file.
    package static let object = ObjectSchema([
        agent.field, supervisor.field, store.field, actions.field, web.field, logging.field, limits.field,
        variables.field, templates.field, redpanda.field, processes.field, flows.field, protocolConverters.field,
    ])

    private static func section(_ name: String, _ schema: ObjectSchema, help: String) -> Setting<ConfigurationObject> {
        Setting(name, .object(schema), default: ConfigurationObject(), help: help)
    }
}

/// The section `agent`.
enum AgentSchema {
    static let name = Setting(
        "name",
        .string(.segment),
        default: "gateway",
        help: "Name of this box; the root of every path in the tree."
    )
    static let location = Setting(
        "location",
        .object(LocationSchema.object),
        default: ConfigurationObject(),
        help: "Where this box stands."
    )
    static let object = ObjectSchema([name.field, location.field])
}

/// The section `agent.location`.
enum LocationSchema {
    static let enterprise = Setting("enterprise", .string(nil), default: "", help: "The enterprise.")
    static let site = Setting("site", .string(nil), default: "", help: "The site within the enterprise.")
    static let area = Setting("area", .string(nil), default: "", help: "The area within the site.")
    static let line = Setting("line", .string(nil), default: "", help: "The production line within the area.")
    static let object = ObjectSchema([enterprise.field, site.field, area.field, line.field])
}

/// The section `store`.
enum StoreSchema {
    static let observedFlushInterval = Setting(
        "observedFlushInterval",
        .duration(.seconds(1) ... .seconds(86400)),
        default: Duration.seconds(30),
        help: "Longest time that an observation stays in memory only; a change of state is written at once."
    )
    static let prefix = Setting(
        "prefix",
        .string(.storePrefix),
        default: "fsmv2_",
        help: "Begins the name of every document; two prefixes in one store never meet."
    )
    static let object = ObjectSchema([observedFlushInterval.field, prefix.field])
}

/// The section `actions`.
enum ActionsSchema {
    static let workers = Setting("workers", .integer(1...1000), default: 10, help: "Actions that run at a time.")
    static let queueLimit = Setting(
        "queueLimit",
        .integer(1...100_000),
        default: 100,
        help: "Actions that may wait; more are refused and tried again later."
    )
    static let timeout = Setting(
        "timeout",
        .duration(.milliseconds(100) ... .seconds(3600)),
        default: Duration.seconds(30),
        help: "Longest run of an action."
    )
    static let grace = Setting(
        "grace",
        .duration(.milliseconds(10) ... .seconds(300)),
        default: Duration.seconds(5),
        help: "Time that a cancelled action gets to end before it is abandoned."
    )
    static let object = ObjectSchema([workers.field, queueLimit.field, timeout.field, grace.field])
}

/// The section `web`.
enum WebSchema {
    static let listen = Setting(
        "listen",
        .endpoint(ports: 0...65535),
        default: Endpoint(host: "127.0.0.1", port: 9620),
        help: "Address of metrics and health; port 0 takes a free one."
    )
    static let configFile = Setting<String?>(
        "configFile",
        .path,
        help: "TLS, client certificates and users, in the format of Prometheus' web.config; read anew when it changes."
    )
    static let maxConnections = Setting(
        "maxConnections",
        .integer(1...10_000),
        default: 100,
        help: "Connections open at once; further ones wait."
    )
    static let runbookBaseURL = Setting<String?>(
        "runbookBaseURL",
        .httpURL,
        help: "Where links in the log lead for runbooks, before /NAME; without it, to this box."
    )
    static let object = ObjectSchema([listen.field, configFile.field, maxConnections.field, runbookBaseURL.field])
}

/// The section `logging`.
enum LoggingSchema {
    static let level = Setting(
        "level",
        .choice(noun: "log level", words: LoggingSection.Level.allCases.map(\.rawValue)),
        default: LoggingSection.Level.info,
        help: "The least severe level that is logged."
    )
    static let format = Setting(
        "format",
        .choice(noun: "log format", words: LoggingSection.Format.allCases.map(\.rawValue)),
        default: LoggingSection.Format.json,
        help: "One JSON object per line, or columns for a person."
    )
    static let output = Setting(
        "output",
        .choice(noun: "log output", words: LoggingSection.Output.allCases.map(\.rawValue)),
        default: LoggingSection.Output.auto,
        help: "Standard error as it is or with priorities, or the journal; auto: the journal where systemd runs this."
    )
    static let foldWindow = Setting(
        "foldWindow",
        .duration(.zero ... .seconds(3600)),
        default: Duration.seconds(10),
        help: "How long a repeating warning or error is held back and counted; 0s writes each one."
    )
    static let object = ObjectSchema([level.field, format.field, output.field, foldWindow.field])
}
