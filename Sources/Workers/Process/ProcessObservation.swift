/// What a process worker last saw of its process.
public struct ProcessObservation: Sendable, Equatable {
    /// Where the process is in its life.
    public enum Phase: Sendable, Equatable {
        /// None was started yet.
        case idle
        /// It runs under this process id.
        case running(pid: Int32)
        /// It has ended, and nothing of its group is left.
        case ended(ProcessEnding)
    }

    /// Where the process is in its life.
    public var phase: Phase
    /// What the startup probe says.
    public var startup: ProbeVerdict
    /// What the readiness probe says.
    public var readiness: ProbeVerdict
    /// What the liveness probe says.
    public var liveness: ProbeVerdict

    /// Creates an observation.
    public init(
        phase: Phase = .idle,
        startup: ProbeVerdict = .notConfigured,
        readiness: ProbeVerdict = .notConfigured,
        liveness: ProbeVerdict = .notConfigured
    ) {
        self.phase = phase
        self.startup = startup
        self.readiness = readiness
        self.liveness = liveness
    }

    /// Whether a process runs.
    public var isRunning: Bool {
        if case .running = phase { true } else { false }
    }

    /// How the process ended, where it has.
    public var ending: ProcessEnding? {
        if case .ended(let ending) = phase { ending } else { nil }
    }
}

/// What is known from one probe.
public enum ProbeVerdict: Sendable, Equatable {
    /// There is no such probe.
    case notConfigured
    /// The probe has not yet come to a verdict.
    case pending(lastFailure: String?)
    /// The probe succeeds.
    case passing
    /// The probe failed as often in a row as its threshold says.
    case failing(String)

    /// Whether nothing speaks against relying on the process; a probe that has not come to a verdict does.
    public var allowsTraffic: Bool {
        switch self {
        case .notConfigured, .passing: true
        case .pending, .failing: false
        }
    }

    /// What went wrong last, where something did.
    public var failure: String? {
        switch self {
        case .notConfigured, .passing: nil
        case .pending(let lastFailure): lastFailure
        case .failing(let failure): failure
        }
    }
}
