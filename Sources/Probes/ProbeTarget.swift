public import ProcessControl

/// The process that is probed, as its owner sees it; made anew for each start, before the process is started.
///
/// The owner passes on what the process says to ``noteOutput(_:)`` and ``noteNotification()``, so that nothing is missed
/// that comes before the first question.
public struct ProbeTarget: Sendable {
    /// Names the process among all; commands of probes are recorded under it.
    let name: String
    /// How the process was started: commands of probes run in the same surroundings.
    let spec: ProcessSpec
    /// Tells whether the process exists.
    let isAlive: @Sendable () async -> Bool
    /// What the lines of the process mean; nil where no probe reads them.
    let log: LogLatch?
    let notification = NotificationLatch()

    /// Describes a process that is about to be started.
    ///
    /// - Parameters:
    ///   - name: Names the process among all, for the records of commands that probes run.
    ///   - spec: How the process is started.
    ///   - probes: All probes of the process.
    ///   - isAlive: Tells whether the process exists; must answer at once.
    public init(
        name: String,
        spec: ProcessSpec,
        probes: [ProbeConfiguration],
        isAlive: @escaping @Sendable () async -> Bool
    ) {
        self.name = name
        self.spec = spec
        self.isAlive = isAlive
        let readers = probes.compactMap { if case .log(let probe) = $0.kind { probe } else { nil } }
        log = readers.isEmpty ? nil : LogLatch(readers)
    }

    /// Takes note of a line that the process has written; costs nothing where no probe reads lines.
    ///
    /// To be called in the order of the lines, from one thread at a time. Does not block; searches the line once for each
    /// text that a probe waits for.
    ///
    /// - Parameter line: The line.
    public func noteOutput(_ line: OutputLine) {
        log?.note(line.text)
    }

    /// Takes note that the process ran before it was watched from here: its early lines were written to somebody else.
    ///
    /// Probes that wait for such a line pass, unless a line since then means failure.
    public func noteAdoption() {
        log?.assumeSuccess()
    }

    /// Takes note that the process has said on its notification descriptor that it is ready.
    ///
    /// May be called from any thread.
    public func noteNotification() {
        notification.set()
    }
}
