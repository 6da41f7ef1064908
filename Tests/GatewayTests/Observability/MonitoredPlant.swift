import Glibc
import StandinsTesting
import SystemPackage
import Testing

/// A plant with one of everything that the gateway measures: a broker, flows to it and from it, devices, a process; and
/// with a certificate of its own.
///
/// One device is away. The process can be made to crash, and the check of the flow `press` to wait.
struct MonitoredPlant {
    /// Whether the programs that it takes are there.
    static var canBeStarted: Bool { Binaries.standins != nil && Certificates.canBeMade }

    private let flows: FlowPlant
    private let standins: String

    init() async throws {
        flows = try FlowPlant()
        standins = try #require(Binaries.standins).string
        try directory.write(
            "press.sh",
            """
            if [ "$1" = lint ] && [ -p '\(gate)' ]; then read -r _ < '\(gate)'; fi
            exec '\(standins)/benthos' "$@"
            """
        )
        let certificates = Certificates(directory: directory)
        try await certificates.makeAuthority("ca")
        try await certificates.make("server", signedBy: "ca")
        try directory.write("web.yml", "tls_server_config: {cert_file: server.pem, key_file: server.key}\n")
    }

    var directory: TestDirectory { flows.directory }

    /// Starts a gateway, and waits until everything runs that can.
    ///
    /// - Returns: the gateway, the base of its URLs, and the pids by path.
    func start() async throws -> (RunningGateway, base: String, pids: [String: Int32]) {
        let gateway = try await RunningGateway.start(configuration, in: directory)
        let base = try await gateway.waitForAddress().replacing("http://", with: "https://")
        let pids = try await gateway.waitUntilReady("box/broker", "box/archive", "box/reader", "box/device/connection")
        return (gateway, base, pids)
    }

    /// Lets the check of `press` wait from its next start on; to be called before the gateway is started.
    func holdPress() throws {
        guard mkfifo(gate.string, 0o600) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Lets the process crash until its supervisor calls a person, the check of `press` go on meanwhile, and then all of it
    /// recover.
    ///
    /// - Parameters:
    ///   - gateway: supervises the plant.
    ///   - reader: the pid of the process.
    /// - Throws: where a file cannot be written or removed, or the gateway ends.
    func provokeEscalation(in gateway: RunningGateway, reader: Int32) async throws {
        try directory.write("crash", "")
        #expect(kill(reader, SIGKILL) == 0)
        try await gateway.waitForLog { $0.msg.hasPrefix("ESCALATION REQUIRED") }
        // Opened for both directions it does not wait for the check to open its end.
        let descriptor = try FileDescriptor.open(gate, .readWrite)
        try descriptor.closeAfter { _ = try descriptor.writeAll(Array("go\n".utf8)) }
        guard unlink(directory.path.appending("crash").string) == 0 else { throw Errno(rawValue: errno) }
        try await gateway.waitForLog { $0.msg == "Infrastructure recovered, closing circuit breaker" }
    }

    private var gate: FilePath { directory.path.appending("gate") }

    private var configuration: String {
        let broker = #"["127.0.0.1:\#(flows.kafka.number)"]"#
        let input = "generate: {interval: 20ms, mapping: 'root = {\"n\": counter()}'}"
        let read = "{command: [\"\(standins)/benthos\"], config: {input: {\(input)}, output: {drop: {}}}}"
        return """
            agent: {name: box}
            web: {configFile: web.yml}
            supervisor:
              tickInterval: 20ms
              collectorInterval: 200ms
              circuit: {initialDelay: 100ms, maximumDelay: 400ms, settleTime: 50ms}
            \(flows.broker)
            flows:
              - name: press
                command: [sh, "\(directory.path)/press.sh"]
                dependsOn: [broker]
                config:
                  shutdown_timeout: 1s
                  input: {\(input)}
                  output: {kafka_franz: {seed_brokers: \(broker), topic: t1}}
              - name: archive
                command: ["\(standins)/benthos"]
                dependsOn: [broker]
                config:
                  shutdown_timeout: 1s
                  input: {kafka_franz: {seed_brokers: \(broker), topics: [t1], consumer_group: archive}}
                  pipeline: {processors: [{mapping: root = this}]}
                  output: {drop: {}}
            protocolConverters:
              - name: device
                dependsOn: [broker]
                connection: {endpoint: "127.0.0.1:\(flows.kafka.number)", period: 100ms}
                dfc_read: \(read)
              # Nobody may listen on port 1 of this machine but the system itself.
              - name: away
                connection: {endpoint: "127.0.0.1:1", period: 100ms, failureThreshold: 2}
                dfc_read: \(read)
            processes:
              - name: reader
                command: [sh, -c, "[ -e '\(directory.path)/crash' ] && exit 7; exec sleep 100000"]
                restart: {initialDelay: 10ms, maximumDelay: 20ms}
                limits: {memory: 1G}
            """
    }
}
