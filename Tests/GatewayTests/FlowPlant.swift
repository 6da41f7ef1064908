import StandinsTesting
import SystemPackage
import Testing

/// A plant with a broker and flows as the gateway knows them, on ports of its own.
struct FlowPlant {
    let directory: TestDirectory
    let kafka = PortLease()
    private let admin = PortLease()
    private let rpc = PortLease()
    private let control = PortLease()
    private let http = PortLease()
    private let standins: String

    init() throws {
        directory = try TestDirectory()
        standins = try #require(Binaries.standins).string
    }

    /// The section of the broker.
    var broker: String {
        """
        redpanda:
          name: broker
          command: ["\(standins)/redpanda"]
          kafka: "127.0.0.1:\(kafka.number)"
          admin: "127.0.0.1:\(admin.number)"
          rpc: "127.0.0.1:\(rpc.number)"
          environment: {STANDIN_CONTROL: "127.0.0.1:\(control.number)"}
          restart: {initialDelay: 100ms, maximumDelay: 200ms}

        """
    }

    /// A configuration with the given sections.
    func configuration(_ sections: String...) -> String {
        let head = """
            agent: {name: box}
            supervisor: {tickInterval: 20ms, collectorInterval: 1s}

            """
        return head + sections.joined()
    }

    /// The fields of a flow with a message every 20 ms, or as many as are given.
    ///
    /// - Parameters:
    ///   - output: the output of its configuration.
    ///   - count: how many messages there are; 0 for no end.
    /// - Returns: a mapping in YAML that is still open, for more fields.
    func flow(output: String, count: Int = 0) -> String {
        let mapping = #"mapping: 'root = {"n": counter()}'"#
        return #"{command: ["\#(standins)/benthos"], stallAfter: 10s, config: {shutdown_timeout: 1s, "#
            + "http: {address: '127.0.0.1:\(http.number)'}, "
            + "input: {generate: {interval: 20ms, count: \(count), \(mapping)}}, output: {\(output)}}"
    }

    /// An output that writes to the plant's broker.
    var toBroker: String { "kafka_franz: {seed_brokers: ['127.0.0.1:\(kafka.number)'], topic: t1}" }

    /// Provokes a state of the broker.
    func provoke(_ state: String) async throws {
        let call = try await answer { await HTTPCall.to(control.number, "/control", method: "PUT", body: state) }
        #expect(call.status == 200, "\(call.body)")
    }
}
