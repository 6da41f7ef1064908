import Glibc
import ProcessControl
import StandinsTesting
import SystemPackage
import Testing

/// Gateways that have, between them, about every trouble that there is an alert for.
///
/// Some troubles get into each other's way, so there are several boxes; each has a name, which begins the paths of its
/// children.
struct TroubledBoxes {
    /// The boxes.
    enum Name: String, CaseIterable {
        /// Its devices, flows and programs are in trouble, and its store was damaged.
        case plant
        /// Its children crash, its broker's disk is full, and so is the gateway's own.
        case broken
        /// Nobody reads its log, it has few descriptors, and sees its children rarely.
        case blind
        /// It is stopped and goes on.
        case paused
        /// Its certificate is good for one day more, and its only child crashes.
        case secured
    }

    let directory: TestDirectory
    private let standins: String
    private let leases = (0..<7).map { _ in PortLease() }

    init(in directory: TestDirectory) throws {
        self.directory = directory
        standins = try #require(Binaries.standins).string
        for name in Name.allCases { try TestDirectory.create(directory.path.appending(name.rawValue)) }
    }

    /// The configuration file of a box.
    func configurationFile(_ name: Name) -> FilePath { folder(name).appending("gateway.yaml") }

    /// The address of a box; those whose log is read tell their own.
    var blindAddress: String { "127.0.0.1:\(leases[6].number)" }

    /// Starts the gateway of a box.
    ///
    /// - Parameters:
    ///   - name: which box.
    ///   - data: where its store is, instead of a folder of its own.
    /// - Returns: the gateway.
    /// - Throws: where its files cannot be written, or it cannot be started.
    func start(_ name: Name, data: FilePath? = nil) async throws -> RunningGateway {
        try directory.write("\(name.rawValue)/gateway.yaml", configuration(name))
        let run = folder(name).appending("run")
        let command = [
            Binaries.gateway.string, "run", "--config", configurationFile(name).string, "--run-dir", run.string,
            "--data-dir", (data ?? folder(name).appending("data")).string,
            "--listen", name == .blind ? blindAddress : "127.0.0.1:0",
        ]
        guard name == .blind else {
            return try await .start(
                executable: Binaries.gateway, arguments: Array(command.dropFirst()), runDirectory: run, environment: [:]
            )
        }
        // Opened for both directions by the shell, the pipe has an end that is open, and that nobody reads.
        let script = "mkfifo \"$0\" && exec 9<>\"$0\" && exec \"$@\" 2>&9"
        return try await .start(
            executable: "/bin/sh",
            arguments: ["-c", script, folder(name).appending("unread").string] + command,
            runDirectory: run,
            environment: [:]
        )
    }

    /// Leaves a damaged store for a box that was not started yet.
    func damageStore(_ name: Name) throws {
        try TestDirectory.create(folder(name).appending("data"))
        let header = Array("SQLite format 3\0".utf8)
        try directory.write("\(name.rawValue)/data/gatewarden.db", header + [UInt8](repeating: 0xA5, count: 8176))
    }

    /// The certificate of the authority that the secured box's own is signed by.
    var authority: String { Certificates(directory: directory).path("ca.pem") }

    /// Makes a certificate for a box that was not started yet.
    func makeCertificate(_ name: Name) async throws {
        let certificates = Certificates(directory: directory)
        try await certificates.makeAuthority("ca")
        try await certificates.make("server", signedBy: "ca", days: 1)
        let (certificate, key) = (certificates.path("server.pem"), certificates.path("server.key"))
        try directory.write(
            "\(name.rawValue)/web.yml", "tls_server_config: {cert_file: \(certificate), key_file: \(key)}\n")
    }

    /// Changes the configuration of a box to one that is refused.
    func breakConfiguration(_ name: Name) throws {
        try directory.write("\(name.rawValue)/gateway.yaml", configuration(name) + "\nnonsense: true\n")
    }

    private func folder(_ name: Name) -> FilePath { directory.path.appending(name.rawValue) }

    private func configuration(_ name: Name) -> String {
        switch name {
        case .plant: plant
        case .broken: broken
        case .blind: blind
        case .paused: "agent: {name: paused}\nsupervisor: {tickInterval: 2s}\n"
        case .secured: secured
        }
    }

    private var plant: String {
        let source = "generate: {interval: 20ms, mapping: 'root = {\"n\": counter()}'}"
        let flow = "command: [\"\(standins)/benthos\"], config: {shutdown_timeout: 1s, input: {\(source)}"
        let hangs = #"environment: {STANDIN_STATE: '{"output": "hang"}'}, stallAfter: 1s"#
        let fails = #"environment: {STANDIN_STATE: '{"mapping": "fail"}'}"#
        return """
            agent: {name: plant}
            supervisor: {tickInterval: 50ms, collectorInterval: 500ms}
            \(broker(0, #"{"disk_alert": 1, "unavailable_partitions": 3}"#))
            flows:
              - {name: stalled, \(hangs), \(flow), output: {drop: {}}}}
              - {name: failing, \(fails), \(flow), pipeline: {processors: [mapping: root = this]}, output: {drop: {}}}}
              - {name: refused, \(flow), output: {nonsense: {}}}}
            protocolConverters:
              # Nobody may listen on port 1 of this machine but the system itself.
              - name: press
                connection: {endpoint: "127.0.0.1:1", period: 200ms, failureThreshold: 2}
                dfc_read: {\(flow), output: {drop: {}}}}
            processes:
              - name: waiting
                command: [sleep, "100000"]
                probes: {startup: {exec: {command: ["false"]}, failureThreshold: 1000}}
              - name: loud
                command: [sh, -c, "while :; do seq 100; sleep 0.5; done"]
                output: {linesPerSecond: 10, burst: 10}
              - name: greedy
                command:
                  - sh
                  - -c
                  - mkfifo "$0"; sleep 100000 <>"$0" & exec dd if=/dev/zero of="$0" bs=60M count=1 status=none
                  - "\(directory.path)/plant/unread"
                limits: {memory: 64M}
            """
    }

    /// The failures of more children than one would take turns.
    private var secured: String {
        """
        agent: {name: secured}
        supervisor: {circuit: {initialDelay: 1s, maximumDelay: 2s}}
        web: {configFile: web.yml}
        processes:
          - {name: crashing, command: [sh, -c, exit 7], restart: {initialDelay: 100ms, maximumDelay: 100ms}}

        """
    }

    private var broken: String {
        let crashing = (1...6).map { number in
            "  - {name: crashing-\(number), command: [sh, -c, exit 7], restart: {initialDelay: 200ms, maximumDelay: 200ms}}"
        }
        return """
            agent: {name: broken}
            supervisor:
              tickInterval: 20ms
              collectorInterval: 500ms
              circuit: {initialDelay: 1s, maximumDelay: 2s}
            actions: {workers: 1, queueLimit: 1}
            store: {observedFlushInterval: 1s}
            \(broker(3, #"{"disk_alert": 2}"#))
            processes:
            \(crashing.joined(separator: "\n"))
            """
    }

    /// How many children the blind box has.
    static let blindChildren = 21

    /// Lines of 4 kB fill the buffer of the log, and the many children hold the descriptors that its limit is measured by.
    private var blind: String {
        let sleeping = (1..<Self.blindChildren).map { "  - {name: sleeping-\($0), command: [sleep, \"100000\"]}" }
        return """
            agent: {name: blind}
            supervisor: {collectorInterval: 60s, staleAfter: 1s, collectorRestartAfter: 1h}
            processes:
              - name: talking
                command: [sh, -c, "line=$(printf %04000d 1); while :; do seq -f \\"%g $line\\" 100; sleep 0.1; done"]
            \(sleeping.joined(separator: "\n"))
            """
    }

    /// The section of a broker that takes three of the ports.
    private func broker(_ lease: Int, _ state: String) -> String {
        """
        redpanda:
          name: broker
          command: ["\(standins)/redpanda"]
          kafka: "127.0.0.1:\(leases[lease].number)"
          admin: "127.0.0.1:\(leases[lease + 1].number)"
          rpc: "127.0.0.1:\(leases[lease + 2].number)"
          environment: {STANDIN_STATE: '\(state)'}
        """
    }
}
