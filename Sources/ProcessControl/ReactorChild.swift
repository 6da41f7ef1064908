internal import SystemPackage

/// What the reactor's thread knows about one child.
final class ReactorChild {
    /// How and when the leader ended.
    struct Death {
        let status: ProcessExit.Status
        let at: ContinuousClock.Instant
        let usage: ResourceUsage
    }

    let process: ChildProcess
    let record: FilePath?
    let standardOutput: OutputPipe
    let standardError: OutputPipe
    let onOutput: @Sendable (OutputLine) -> Void
    let onExit: @Sendable (ProcessExit) -> Void
    var lifecycle = ChildLifecycle()
    /// Gone when the leader is reaped.
    var pidfd: OwnedDescriptor?
    var death: Death?
    var drain = DrainSchedule()
    /// How those are found that have left the group.
    var containment: Containment
    /// When to look at the group again or, after the end, when to give up on the pipes.
    var deadline: ContinuousClock.Instant?

    init(
        process: ChildProcess,
        pidfd: consuming OwnedDescriptor,
        record: FilePath?,
        pipes: (standardOutput: OutputPipe, standardError: OutputPipe),
        containment: Containment,
        request: ReactorMailbox.Spawn
    ) {
        self.process = process
        self.pidfd = consume pidfd
        self.record = record
        self.standardOutput = pipes.standardOutput
        self.standardError = pipes.standardError
        self.containment = containment
        self.onOutput = request.onOutput
        self.onExit = request.onExit
    }

    /// The pipe of a stream.
    func pipe(of stream: OutputLine.Stream) -> OutputPipe {
        switch stream {
        case .stdout: standardOutput
        case .stderr: standardError
        }
    }

    /// Whether both pipes are at their end.
    var isOutputClosed: Bool { standardOutput.isClosed && standardError.isClosed }
}
