import Standins

/// A flow as its configuration describes it.
struct FlowConfiguration: Sendable {
    /// A component with its label.
    struct Component<Kind: Sendable>: Sendable {
        var label = ""
        var kind: Kind
        /// Whether it is a resource that the flow only names: a stop waits longer for those.
        var isResource = false
    }

    /// Where messages come from.
    enum Input: Sendable, Equatable {
        case standardInput
        /// `count` of zero: without end.
        case generate(interval: String, count: Int, mapping: String)
        case file(paths: [String])
        case socket(HostPort)
        case httpServer(path: String)
        case kafka(type: String, seed: HostPort, topic: String, group: String)

        /// The name of the type, as the log writes it.
        var typeName: String {
            switch self {
            case .standardInput: "stdin"
            case .generate: "generate"
            case .file: "file"
            case .socket: "socket"
            case .httpServer: "http_server"
            case .kafka(let type, _, _, _): type
            }
        }
    }

    /// Where messages go.
    enum Output: Sendable, Equatable {
        case standardOutput
        case drop
        case file(path: String)
        case socket(HostPort)
        case webSocket(url: String)
        case http(HTTPTarget)
        case kafka(type: String, seed: HostPort, topic: String)

        /// The name of the type, as the log writes it.
        var typeName: String {
            switch self {
            case .standardOutput: "stdout"
            case .drop: "drop"
            case .file: "file"
            case .socket: "socket"
            case .webSocket: "websocket"
            case .http: "http_client"
            case .kafka(let type, _, _): type
            }
        }
    }

    /// Where and how an `http_client` output posts.
    struct HTTPTarget: Sendable, Equatable {
        var url: String
        var verb = "POST"
        var timeout = Duration.seconds(5)
        var retries = 3
        var retryPeriod = Duration.seconds(1)
    }

    /// What happens to a message on its way.
    enum Processor: Sendable, Equatable {
        case mapping(String)
        case log(level: String, message: String)
        case sleep(Duration)
        case command(name: String, arguments: [String])
        /// A processor that the stand-in knows by name only; messages pass it unchanged.
        case passing
    }

    /// Whether the HTTP server runs.
    var servesHTTP = true
    /// Where the HTTP server listens.
    var address = HostPort(host: "0.0.0.0", port: 4195)
    /// The logger of the flow.
    var logger = FlowLogger(sink: .standardError)
    /// How numbers are shown.
    var metrics = MetricsText.Style.prometheus(hasProcess: false, usesHistograms: false)
    /// How long a stop may take; see `FlowService`.
    var shutdownTimeout = Duration.seconds(20)
    /// How long a stop waits before it begins.
    var shutdownDelay = Duration.zero
    /// Where messages come from.
    var input = Component(kind: Input.standardInput)
    /// What happens to them.
    var processors: [Component<Processor>] = []
    /// Where they go.
    var output = Component(kind: Output.standardOutput)
}
