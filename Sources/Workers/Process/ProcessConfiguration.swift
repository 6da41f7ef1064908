public import Probes
public import Supervision

/// The configuration of a process worker.
public struct ProcessConfiguration: WorkerConfiguration {
    /// What to run; its executable is found anew at each start, so that an updated program is picked up.
    public let command: ProcessCommand
    /// When the process is started again after it ended.
    public let restart: RestartPolicy
    /// How long the process may take to end before its group is killed.
    public let stopTimeout: Duration
    /// What tells that the process has come up, is ready, and is alive.
    public let probes: ProcessProbes

    /// Creates a configuration.
    public init(
        command: ProcessCommand,
        restart: RestartPolicy = RestartPolicy(),
        stopTimeout: Duration = .seconds(15),
        probes: ProcessProbes = ProcessProbes()
    ) {
        self.command = command
        self.restart = restart
        self.stopTimeout = stopTimeout
        self.probes = probes
    }
}

/// The probes of a process, with the meaning that Kubernetes gives them.
public struct ProcessProbes: Sendable, Equatable {
    /// Succeeds once the process has come up; the other probes begin then.
    public let startup: ProbeConfiguration?
    /// Tells whether others may rely on the process.
    public let readiness: ProbeConfiguration?
    /// Tells whether the process must be replaced.
    public let liveness: ProbeConfiguration?

    /// Creates a set of probes.
    public init(
        startup: ProbeConfiguration? = nil,
        readiness: ProbeConfiguration? = nil,
        liveness: ProbeConfiguration? = nil
    ) {
        self.startup = startup
        self.readiness = readiness
        self.liveness = liveness
    }

    /// The probes that are configured.
    var all: [ProbeConfiguration] { [startup, readiness, liveness].compactMap(\.self) }

    /// The descriptor on which the process says that it is ready; nil where no probe waits for that.
    ///
    /// A process is given one: the configuration refuses probes with different ones.
    var notifyDescriptor: Int32? {
        all.lazy.compactMap { if case .notify(let descriptor) = $0.kind { descriptor } else { nil } }.first
    }
}
