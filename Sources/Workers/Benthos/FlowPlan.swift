import Supervision
import YAML

/// What a flow should be: its configuration as Benthos reads it, and how the gateway deals with it.
///
/// To what the operator wrote comes what the gateway needs to observe the flow:
/// - `http`: the server is on, and has a port of its own on the loopback interface, unless an address is written.
/// - `logger`: JSON with times, at the level that is written.
/// - `metrics`: Prometheus, with the options that are written for it.
public struct FlowPlan: Sendable, Equatable, ProgramDesired {
    /// The environment variable with the port, which Benthos puts into its configuration itself: so the text does not
    /// depend on the port.
    static let portVariable = "GATEWARDEN_FLOW_PORT"
    /// How much longer than by its own configuration a flow gets to end: at that time it gives up what it has not
    /// delivered, and may write down why.
    static let stopMargin = Duration.seconds(5)

    /// What the operator wants.
    let configuration: BenthosConfiguration
    /// What Benthos reads.
    let text: String
    /// Names the text.
    let revision: FlowRevision
    /// The port of the address that is written, or nil where the flow gets one.
    let fixedPort: Int?

    /// What the flow is as a process.
    var process: ProcessConfiguration {
        ProcessConfiguration(
            command: configuration.command,
            restart: configuration.restart,
            stopTimeout: configuration.shutdownTime + Self.stopMargin
        )
    }
}

extension FlowPlan {
    /// Composes a plan.
    ///
    /// - Parameter configuration: what the operator wants.
    /// - Throws: `YAMLError` when it cannot be written down.
    init(_ configuration: BenthosConfiguration) throws(YAMLError) {
        let document = configuration.document
        let http = Self.http(document["http"])
        let composed =
            document
            .setting("http", to: http)
            .setting("logger", to: Self.logger(document["logger"]))
            .setting("metrics", to: Self.metrics(document["metrics"]))
        self.configuration = configuration
        text = String(decoding: try YAMLWriter.write(composed), as: UTF8.self)
        revision = FlowRevision(of: text)
        fixedPort = http["address"].flatMap(\.text).flatMap { address in
            address.lastIndex(of: ":").flatMap { Int(address[address.index(after: $0)...]) }
        }
    }

    private static func http(_ written: YAMLValue?) -> YAMLValue {
        let address = written?["address"] ?? .string("127.0.0.1:${\(portVariable)}")
        return (written ?? .mapping([])).setting("enabled", to: .boolean(true)).setting("address", to: address)
    }

    private static func logger(_ written: YAMLValue?) -> YAMLValue {
        (written ?? .mapping([]))
            .setting("format", to: .string("json"))
            .setting("add_timestamp", to: .boolean(true))
    }

    private static func metrics(_ written: YAMLValue?) -> YAMLValue {
        .mapping([YAMLField("prometheus", written?["prometheus"] ?? .mapping([]))])
    }
}

extension YAMLValue {
    /// The text of a scalar, or nil.
    fileprivate var text: String? {
        switch self {
        case .string(let text), .plain(let text): text
        case .sequence, .mapping: nil
        }
    }
}
