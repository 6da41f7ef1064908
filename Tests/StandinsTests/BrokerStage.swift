import StandinsTesting
import Synchronization
import Testing

/// A broker with ports and a folder of its own.
final class BrokerStage: Sendable {
    let folder = TemporaryFolder()
    let kafka: Int
    let admin: Int
    let rpc: Int
    let control: Int
    private let leases: [PortLease]
    /// The programs end with the stage.
    private let programs = Mutex<[RunningProgram]>([])

    /// Chooses the ports.
    ///
    /// - Parameter kafka: the Kafka port where it is given already
    init(kafka: Int? = nil) {
        leases = (0..<4).map { _ in PortLease() }
        self.kafka = kafka ?? leases[0].number
        admin = leases[1].number
        rpc = leases[2].number
        control = leases[3].number
    }

    /// Starts the broker with the command line of the facts.
    func start(
        _ more: [String] = [],
        by program: Program = .broker,
        provoked: String = "{}"
    ) throws -> RunningProgram {
        let file = folder.write(
            "redpanda.yaml",
            """
            redpanda:
              data_directory: \(folder.path)/data
              seed_servers: []
              empty_seed_starts_cluster: true
              kafka_api: [{address: 127.0.0.1, port: \(kafka)}]
              admin: [{address: 127.0.0.1, port: \(admin)}]
              rpc_server: {address: 127.0.0.1, port: \(rpc)}
              developer_mode: true
              auto_create_topics_enabled: true
            pandaproxy: {}
            schema_registry: {}
            """
        )
        let arguments = ["--redpanda-cfg", file, "--memory", "2G", "--smp", "1", "--overprovisioned"]
        let broker = try RunningProgram(
            program, arguments + ["--reserve-memory", "0M"] + more, in: folder,
            environment: ["STANDIN_CONTROL": "127.0.0.1:\(control)", "STANDIN_STATE": provoked]
        )
        programs.withLock { $0.append(broker) }
        return broker
    }

    /// Starts the broker and waits until it says that it has.
    @discardableResult
    func running() async throws -> RunningProgram {
        let program = try start()
        try await eventually { program.log.contains("Successfully started Redpanda!") }
        return program
    }

    /// Asks the admin API.
    func get(_ path: String) async -> HTTPCall? {
        await HTTPCall.to(admin, path)
    }

    /// The value of a series.
    func value(_ series: String) async -> Double? {
        let line = await get("/public_metrics")?.body.split(separator: "\n").first { $0.hasPrefix(series + " ") }
        return line.flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    /// Provokes a state.
    func provoke(_ state: String) async throws {
        let call = try await answer { await HTTPCall.to(self.control, "/control", method: "PUT", body: state) }
        #expect(call.status == 200, "\(call.body)")
    }
}
