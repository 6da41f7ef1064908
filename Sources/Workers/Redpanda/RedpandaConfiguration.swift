public import Supervision

/// The configuration of a broker's worker.
public struct RedpandaConfiguration: WorkerConfiguration, ProgramDesired {
    /// The program with its arguments up to where its configuration is named: `redpanda`, or `rpk redpanda start`.
    public let command: ProcessCommand
    /// What the broker needs of the machine.
    public let resources: BrokerResources
    /// What the broker reads at its start.
    public let document: BrokerDocument
    /// The properties of the cluster, which are set while it runs.
    public let properties: [String: BrokerProperty]
    /// When the broker is started again after it ended.
    public let restart: RestartPolicy
    /// How long the broker may take to end before it is killed.
    public let stopTimeout: Duration
    /// How long the broker may take to become ready.
    public let startupTimeout: Duration
    /// How long nothing must have been produced or consumed for the broker to be idle.
    public let idleAfter: Duration

    /// Creates a configuration; the times are those of a real broker.
    public init(
        command: ProcessCommand,
        resources: BrokerResources = BrokerResources(),
        document: BrokerDocument,
        properties: [String: BrokerProperty] = [:],
        restart: RestartPolicy = RestartPolicy(),
        stopTimeout: Duration = .seconds(60),
        startupTimeout: Duration = .seconds(120),
        idleAfter: Duration = .seconds(30)
    ) {
        self.command = command
        self.resources = resources
        self.document = document
        self.properties = properties
        self.restart = restart
        self.stopTimeout = stopTimeout
        self.startupTimeout = startupTimeout
        self.idleAfter = idleAfter
    }

    /// What the broker is as a process.
    var process: ProcessConfiguration {
        ProcessConfiguration(command: command, restart: restart, stopTimeout: stopTimeout)
    }
}

/// What a broker needs of the machine.
public struct BrokerResources: Sendable, Equatable {
    /// The memory that it takes, in bytes.
    public let memory: Int64
    /// The processor cores that it uses.
    public let cores: Int
    /// Further arguments.
    public let arguments: [String]

    /// Creates resources.
    public init(memory: Int64 = 2 << 30, cores: Int = 1, arguments: [String] = []) {
        self.memory = memory
        self.cores = cores
        self.arguments = arguments
    }

    /// The arguments of the program, the file with its configuration first.
    ///
    /// `--overprovisioned` is for a machine that runs other things as well, and such a machine reserves its memory
    /// otherwise.
    func arguments(file: String) -> [String] {
        [
            "--redpanda-cfg", file, "--memory", "\(memory >> 20)M", "--smp", "\(cores)", "--overprovisioned",
            "--reserve-memory", "0M",
        ] + arguments
    }
}
