/// What was done about one record of an earlier gateway.
public struct CleanedStray: Equatable, Sendable {
    /// What was done.
    public enum Outcome: Equatable, Sendable {
        /// Processes were left and have ended after SIGTERM.
        case terminated(processes: Int)
        /// Processes were left and had to be killed.
        case killed(processes: Int)
        /// Processes were left and could not be ended, such as one that hangs in the kernel.
        case survived(pids: [Int32])
        /// Nothing was left of it.
        case alreadyGone
        /// Another process has the pid now; it was not touched.
        case pidReused
        /// The record is from before the machine's last start.
        case earlierBoot
        /// The gateway ended before it started the program.
        case neverStarted
        /// The record could not be read or understood.
        case unreadable(reason: String)
    }

    /// The name under which the child was recorded; nil if the record does not tell.
    public let childPath: String?
    /// The pid of the child; nil if the record does not tell.
    public let pid: Int32?
    /// The executable of the child; nil if the record does not tell.
    public let executable: String?
    /// What was done.
    public let outcome: Outcome
}
