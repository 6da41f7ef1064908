/// The end of a child and of everything in its group.
public struct ProcessExit: Equatable, Sendable {
    /// How a process ended.
    public enum Status: Equatable, Sendable, CustomStringConvertible {
        /// It exited by itself with a code.
        case exited(code: Int32)
        /// A signal ended it.
        case signaled(ProcessSignal, coreDumped: Bool)
        /// It was adopted or reaped by somebody else, so nothing is known.
        case unknown

        /// A phrase such as `exit code 1` or `SIGKILL`.
        public var description: String {
            switch self {
            case .exited(let code): "exit code \(code)"
            case .signaled(let signal, coreDumped: false): "\(signal)"
            case .signaled(let signal, coreDumped: true): "\(signal), core dumped"
            case .unknown: "unknown end"
            }
        }
    }

    /// Whose end this is.
    public let child: ChildProcess
    /// How the group's leader ended.
    public let status: Status
    /// Whether a stop had been asked for before the leader ended.
    public let stopRequested: Bool
    /// When the leader's end was noticed.
    public let endedAt: ContinuousClock.Instant
    /// What the leader and its reaped children have used; zero after an unknown end.
    public let usage: ResourceUsage

    /// When its program was started.
    public var startedAt: ContinuousClock.Instant { child.startedAt }
    /// How long the leader ran.
    public var runTime: Duration { child.startedAt.duration(to: endedAt) }
}
