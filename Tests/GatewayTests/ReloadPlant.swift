import OperatorHTTP
import SystemPackage
import Testing

/// A plant with two flows and a process beside them, whose configuration a test changes.
struct ReloadPlant {
    /// An input that always has something to read.
    static let source = "generate: {interval: 20ms, mapping: 'root = \"a\"'}"
    /// An output that never connects: nobody may listen on port 1 of this machine but the system itself.
    static let deadEnd = #"socket: {network: tcp, address: "127.0.0.1:1"}"#

    let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    /// A configuration of the plant.
    ///
    /// - Parameters:
    ///   - press: the output of the first flow.
    ///   - more: what comes after the two flows, in the section `flows`.
    ///   - process: the name of the process beside them.
    ///   - level: the level of the log.
    /// - Returns: the text; the output of the first flow stands on line 11.
    /// - Throws: where there are no stand-ins.
    func configuration(
        press: String = "drop: {}",
        more: String = "",
        process: String = "other",
        level: String = "info"
    ) throws -> String {
        let standins = try #require(Binaries.standins)
        return """
            agent: {name: box}
            supervisor: {tickInterval: 20ms, collectorInterval: 100ms}
            logging: {level: \(level)}
            flows:
              - name: press
                command: ["\(standins)/benthos"]
                startTimeout: 2s
                config:
                  shutdown_timeout: 1s
                  input: {\(Self.source)}
                  output: {\(press)}
              - name: oven
                command: ["\(standins)/benthos"]
                config: {input: {\(Self.source)}, output: {drop: {}}}
            \(more)
            processes:
              - {name: \(process), command: [sleep, "100000"]}
            """
    }

    /// Replaces the configuration that the gateway was started with.
    func change(_ text: String) throws {
        try directory.write("gateway.yaml", text)
    }

    /// Starts a gateway and waits until all is ready.
    func start() async throws -> (gateway: RunningGateway, base: String, pids: [String: Int32]) {
        let gateway = try await RunningGateway.start(try configuration(), in: directory)
        let base = try await gateway.waitForAddress()
        let pids = try await gateway.waitUntilReady("box/press", "box/oven", "box/other", "box")
        return (gateway, base, pids)
    }
}

extension RunningGateway {
    /// The pids of all children of the root, by name.
    func pids() async throws -> [String: Int32] {
        let children = try await control.status().root.children
        return children.reduce(into: [:]) { $0[$1.identity.path] = $1.pid }
    }
}

/// The value of a series, or nil where there is none.
func sample(_ series: String, at base: String) async throws -> Double? {
    let lines = try await fetch(base + "/metrics").body.split(separator: "\n")
    return lines.first { $0.hasPrefix(series + " ") }.flatMap { Double($0.dropFirst(series.count + 1)) }
}

/// Waits until a flow has delivered more than it had.
func waitUntilMoreIsSent(by flow: String, at base: String) async throws {
    let series = #"gatewarden_flow_sent_total{child="\#(flow)"}"#
    let before = try await sample(series, at: base) ?? 0
    while try await sample(series, at: base) ?? 0 <= before { await Task.yield() }
}
