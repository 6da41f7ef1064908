import ProcessControl
import StandinsTesting
import Supervision
import Testing
import Workers
import YAML

/// A flow of a box, and the way to provoke what only a stand-in can be made to do.
struct FlowScene {
    /// An input with a message every 20 ms.
    static let ticking = "generate: {interval: 20ms, mapping: 'root = {\"n\": counter()}'}"
    /// An output that takes everything.
    static let drop = "drop: {}"

    var name = "flow"
    var input = ticking
    var mapping = "root = this"
    var output = drop
    /// How long the program may take to end by its own configuration.
    var shutdown = "1s"
    var dependsOn: [String] = []
    var stallAfter = Duration.seconds(2)
    var startTimeout = Duration.seconds(60)
    var shutdownTime = Duration.seconds(20)
    /// The state that is provoked from the start.
    var provoked: String?
    /// Stands before the program's own command line.
    var wrapper: [String] = []
    private let control = PortLease()

    init(_ output: String = drop) {
        self.output = output
    }

    /// An output that writes to a port of this machine.
    static func socket(_ port: Int) -> String {
        "socket: {network: tcp, address: '127.0.0.1:\(port)'}"
    }

    /// An output that writes to a broker.
    static func kafka(_ port: Int) -> String {
        "kafka_franz: {seed_brokers: ['127.0.0.1:\(port)'], topic: t1}"
    }

    /// An input that reads from a broker.
    static func kafkaInput(_ port: Int) -> String {
        "kafka_franz: {seed_brokers: ['127.0.0.1:\(port)'], topics: [t1], consumer_group: g1}"
    }

    /// An output that posts to a port of this machine, and tries each message once.
    static func http(_ port: Int) -> String {
        "http_client: {url: 'http://127.0.0.1:\(port)/x', verb: POST, retries: 1, retry_period: 100ms, timeout: 120s}"
    }

    /// The flow as a child.
    func child() throws -> ChildSpec {
        let program = try #require(Program.flow.path)
        let command = wrapper + [program] + Program.flow.words
        var environment: [String: String] = [:]
        if let provoked {
            environment = ["STANDIN_CONTROL": "127.0.0.1:\(control.number)", "STANDIN_STATE": provoked]
        }
        return ChildSpec(
            name: name,
            workerType: BenthosWorker.type,
            configuration: BenthosConfiguration(
                command: ProcessCommand(
                    program: command[0],
                    arguments: Array(command.dropFirst()),
                    environment: ProcessEnvironment(declared: environment)
                ),
                document: try YAMLValue(
                    """
                    input:
                      label: in
                      \(input)
                    pipeline:
                      processors:
                        - mapping: '\(mapping)'
                    output:
                      label: out
                      \(output)
                    shutdown_timeout: \(shutdown)
                    """
                ),
                shutdownTime: shutdownTime,
                stallAfter: stallAfter,
                startTimeout: startTimeout
            ),
            dependsOn: dependsOn
        )
    }

    /// Provokes a state.
    func provoke(_ state: String) async throws {
        let call = try await answer { await HTTPCall.to(control.number, "/control", method: "PUT", body: state) }
        #expect(call.status == 200, "\(call.body)")
    }
}

extension Box {
    /// Waits until a flow's worker has seen something.
    @discardableResult
    func flow(
        _ name: String = "flow",
        shows isIt: @Sendable (BenthosObservation) -> Bool
    ) async throws -> BenthosObservation {
        try await first { event in
            guard case .flow(name, let observation) = event, isIt(observation) else { return nil }
            return observation
        }
    }

    /// Waits until a child comes into a state.
    ///
    /// - Returns: why it is in that state, where there is something to say.
    @discardableResult
    func child(_ name: String = "flow", becomes state: String) async throws -> String? {
        try await first { event -> String?? in
            guard case .state(name, to: state, let reason) = event else { return nil }
            return .some(reason)
        }
    }

    /// Waits until others may rely on a child, or may not any more.
    func child(_ name: String = "flow", isReady: Bool) async throws {
        try await first { event -> Void? in
            if case .readiness(name, isReady) = event { () } else { nil }
        }
    }
}
