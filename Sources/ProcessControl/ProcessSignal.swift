internal import CProcessControl
internal import Glibc

/// A signal of the operating system.
public struct ProcessSignal: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The signal's number.
    public let rawValue: Int32

    /// A signal by its number, 1 to 64.
    ///
    /// - Parameter rawValue: the number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Asks to hang up or, by custom, to reload.
    public static let hangup = ProcessSignal(rawValue: SIGHUP)
    /// Asks to stop as Ctrl-C does.
    public static let interrupt = ProcessSignal(rawValue: SIGINT)
    /// Asks to stop and dump core.
    public static let quit = ProcessSignal(rawValue: SIGQUIT)
    /// Ends a process that aborts itself.
    public static let abort = ProcessSignal(rawValue: SIGABRT)
    /// Ends a process at once.
    public static let kill = ProcessSignal(rawValue: SIGKILL)
    /// The program's own meaning, first.
    public static let user1 = ProcessSignal(rawValue: SIGUSR1)
    /// The program's own meaning, second.
    public static let user2 = ProcessSignal(rawValue: SIGUSR2)
    /// Suspends a process.
    public static let stop = ProcessSignal(rawValue: SIGSTOP)
    /// Lets a suspended process go on.
    public static let `continue` = ProcessSignal(rawValue: SIGCONT)
    /// Asks to stop.
    public static let terminate = ProcessSignal(rawValue: SIGTERM)
    /// Ends a process that violates memory protection.
    public static let segmentationFault = ProcessSignal(rawValue: SIGSEGV)

    /// The name, such as `SIGTERM`; `signal 34` for one without.
    public var description: String {
        guard let name = pc_signal_name(rawValue) else {
            return "signal \(rawValue)"
        }
        return "SIG" + String(cString: name)
    }
}
