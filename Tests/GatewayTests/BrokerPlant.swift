import Glibc
import SystemPackage
import Testing

/// A plant with a broker that a test can make crash or wait, and a flow that depends on it.
///
/// The broker is a script that becomes the stand-in of redpanda, unless a file tells it to fail or to wait before.
struct BrokerPlant {
    let directory: TestDirectory
    private let admin: Int

    /// Writes the broker's files.
    init() async throws {
        directory = try TestDirectory()
        admin = try await FreePort.find()
        let (kafka, rpc) = (try await FreePort.find(), try await FreePort.find())
        let standins = try #require(Binaries.standins)
        try directory.write(
            "redpanda.yaml",
            """
            redpanda:
              data_directory: \(directory.path)/redpanda
              seed_servers: []
              empty_seed_starts_cluster: true
              kafka_api: [{address: 127.0.0.1, port: \(kafka)}]
              admin: [{address: 127.0.0.1, port: \(admin)}]
              rpc_server: {address: 127.0.0.1, port: \(rpc)}
              developer_mode: true
            pandaproxy: {}
            schema_registry: {}
            """
        )
        try directory.write(
            "broker.sh",
            """
            [ -e '\(crashFile)' ] && exit 7
            if [ -p '\(gate)' ]; then read -r _ < '\(gate)'; fi
            exec '\(standins)/redpanda' --redpanda-cfg '\(directory.path)/redpanda.yaml' \
            --memory 2G --smp 1 --overprovisioned --reserve-memory 0M
            """
        )
    }

    /// The configuration of a gateway with this plant.
    ///
    /// The broker is restarted within milliseconds: a crash loop takes as long as five starts of a shell.
    func configuration(circuit: String = "{}") -> String {
        let ready = #"http: {url: "http://127.0.0.1:\#(admin)/v1/status/ready", bodyContains: '"ready"'}"#
        return """
            agent: {name: box}
            supervisor: {tickInterval: 20ms, collectorInterval: 100ms, circuit: \(circuit)}
            processes:
              - name: broker
                command: [sh, "\(directory.path)/broker.sh"]
                restart: {initialDelay: 10ms, maximumDelay: 20ms}
                probes:
                  startup: {\(ready), period: 50ms, timeout: 500ms, failureThreshold: 1000}
                  readiness: {\(ready), period: 50ms, timeout: 500ms, failureThreshold: 2}
              - {name: flow, command: [sleep, "100000"], dependsOn: [broker]}
            """
    }

    /// Starts a gateway and waits until all is ready.
    ///
    /// - Returns: the gateway, the base of its URLs, and the pids by path.
    func start(circuit: String = "{}") async throws -> (RunningGateway, base: String, pids: [String: Int32]) {
        let gateway = try await RunningGateway.start(configuration(circuit: circuit), in: directory)
        // The address is told before the first process is started.
        let base = try await gateway.waitForAddress()
        let pids = try await gateway.waitUntilReady("box/broker", "box/flow", "box")
        return (gateway, base, pids)
    }

    /// Lets every further start of the broker end at once.
    func breakBroker() throws {
        try directory.write(Self.crashName, "")
    }

    /// Lets the broker start again.
    func repairBroker() throws {
        guard unlink(crashFile.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Lets the next start of the broker wait for ``openGate()``.
    func closeGate() throws {
        guard mkfifo(gate.string, 0o600) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Lets the start that waits go on, and later ones no longer wait.
    func openGate() throws {
        // Opened for both directions it does not wait for the broker to open its end.
        let descriptor = try FileDescriptor.open(gate, .readWrite)
        try descriptor.closeAfter {
            _ = try descriptor.writeAll(Array("go\n".utf8))
            guard unlink(gate.string) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    private static let crashName = "crash"
    private var crashFile: FilePath { directory.path.appending(Self.crashName) }
    private var gate: FilePath { directory.path.appending("gate") }
}
