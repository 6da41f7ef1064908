public import ProcessControl
public import Supervision

/// A consumer of what happens to the processes of process workers: their ledger, metrics and logs.
///
/// Called synchronously from the thread that watches all processes: an implementation must return at once and must not
/// block.
public protocol ProcessListener: Sendable {
    /// Limits that were asked for cannot be applied to a process that is about to be started.
    func limitsNotApplied(_ path: HierarchyPath, _ limits: [UnappliedLimit])
    /// A process was started.
    func processStarted(_ path: HierarchyPath, _ child: ChildProcess)

    /// A process that an earlier gateway has started was taken over as it runs.
    func processAdopted(_ path: HierarchyPath, _ child: ChildProcess)

    /// A process that an earlier gateway has started is ended: it is not what would be started now.
    func processSuperseded(_ path: HierarchyPath, _ child: ChildProcess)

    /// A process has ended, and nothing of its group is left.
    func processEnded(_ path: HierarchyPath, _ exit: ProcessExit)

    /// What limits the lines that a process about to be started may have told of; nil lets all pass.
    func outputGate(of path: HierarchyPath) -> (any OutputGate)?

    /// A process has written a line, and its gate has let it pass.
    func processWrote(_ path: HierarchyPath, _ line: OutputLine)
}

extension ProcessListener {
    /// Lets all lines pass.
    public func outputGate(of path: HierarchyPath) -> (any OutputGate)? { nil }
}
