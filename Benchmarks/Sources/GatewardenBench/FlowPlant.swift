internal import Glibc

/// The product with a plant of stand-ins: a broker, flows that write to it once a second, and nothing else.
struct FlowPlant: Supervisor {
    /// How fast the product lives: what it does on its own accord comes so much more often.
    enum Speed: Int {
        case real = 1
        case tenfold = 10
    }

    let product: Gatewarden
    /// The folder with the programs.
    let standins: String
    let speed: Speed
    let ports: BrokerPorts

    var name: String { product.name }
    var restartSamples: Int { product.restartSamples }

    /// Describes a plant, and chooses the ports of its broker.
    ///
    /// - Parameters:
    ///   - session: says which binary and which stand-ins.
    ///   - speed: how fast the product lives.
    /// - Throws: when there are no stand-ins, or no port is free.
    init(_ session: Session, speed: Speed = .real) throws {
        guard let folder = realpath(session.standins, nil) else {
            throw BenchmarkError.system("no stand-ins in \(session.standins): run `make static`, or name their folder")
        }
        defer { free(folder) }
        product = session.product
        standins = String(cString: folder)
        self.speed = speed
        ports = try BrokerPorts()
    }

    /// The program of a flow.
    var flowProgram: String { "\(standins)/benthos" }

    func prepare(_ count: Int, in workspace: Workspace) throws -> [String] {
        try write(flowInterval: .seconds(1), count, in: workspace)
        return product.command(in: workspace)
    }

    /// Writes the configuration.
    ///
    /// - Parameters:
    ///   - flowInterval: the time between two messages of the first flow; that of the others is a second.
    ///   - count: how many flows.
    ///   - workspace: where to write.
    /// - Throws: when the file cannot be written.
    func write(flowInterval: Duration, _ count: Int, in workspace: Workspace) throws {
        let flows = childNames(count).enumerated().map { index, name in
            flow(name, every: index == 0 ? flowInterval : .seconds(1))
        }
        let talker = speed == .real ? "" : "processes:\n\(Self.talker(workspace))"
        let text = "agent: {name: bench}\n\(timing)\(broker)flows:\n\(flows.joined())\(talker)"
        try TextFile.write(text, to: product.configurationFile(in: workspace))
    }

    /// Bursts of log lines: this program writes 20,000 in a second whenever it starts.
    private static func talker(_ workspace: Workspace) -> String {
        """
          - name: talker
            command: ["\(workspace.childProgram)", flood, 20000, 1, talker]
            restart: {initialDelay: 100ms, stableAfter: 1s}

        """
    }

    /// The defaults of the product's times, divided by the speed.
    private var timing: String {
        switch speed {
        case .real: ""
        case .tenfold:
            """
            supervisor:
              tickInterval: 10ms
              collectorInterval: 100ms
              circuit: {initialDelay: 100ms, maximumDelay: 6s, attemptWindow: 30s, reportInterval: 100ms, settleTime: 50ms}
            store: {observedFlushInterval: 3s}

            """
        }
    }

    private var broker: String {
        """
        redpanda:
          command: ["\(standins)/redpanda"]
          kafka: "127.0.0.1:\(ports.kafka)"
          admin: "127.0.0.1:\(ports.admin)"
          rpc: "127.0.0.1:\(ports.rpc)"
          cluster: {auto_create_topics_enabled: true}
          environment: {STANDIN_CONTROL: "127.0.0.1:\(ports.control)"}

        """
    }

    private func flow(_ name: String, every interval: Duration) -> String {
        """
          - name: \(name)
            command: ["\(flowProgram)"]
            dependsOn: [redpanda]
            stallAfter: \(30 / speed.rawValue)s
            restart: {initialDelay: \(1000 / speed.rawValue)ms}
            config:
              metrics: {prometheus: {add_process_metrics: true}}
              input:
                label: in
                generate: {interval: \(Int(interval / .milliseconds(1)))ms, mapping: 'root = {"n": counter()}'}
              pipeline: {processors: [{label: map, mapping: 'root = this'}]}
              output:
                label: out
                kafka_franz: {seed_brokers: ["127.0.0.1:\(ports.kafka)"], topic: bench}

        """
    }
}
