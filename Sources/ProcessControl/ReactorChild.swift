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
    let pipes: ChildPipes
    /// Set if the child was started by an earlier gateway, and somebody else reaps it.
    let adoptedGroup: AdoptedGroup?
    let handlers: ChildHandlers
    var record: RecordEntry?
    var lifecycle = ChildLifecycle()
    /// Gone when the leader is reaped.
    var pidfd: OwnedDescriptor?
    var death: Death?
    var drain: DrainSchedule
    /// How those are found that have left the group.
    var containment: Containment
    /// When to look at the executable or the group again or, after the end, when to give up on the pipes.
    var deadline: ContinuousClock.Instant?

    init(
        process: ChildProcess,
        pidfd: consuming OwnedDescriptor,
        adoptedGroup: AdoptedGroup? = nil,
        record: RecordEntry?,
        pipes: ChildPipes,
        containment: Containment,
        handlers: ChildHandlers
    ) {
        self.process = process
        self.pidfd = consume pidfd
        self.record = record
        self.pipes = pipes
        self.adoptedGroup = adoptedGroup
        self.containment = containment
        self.handlers = handlers
        // Somebody else may never reap the dead, so they are told apart from the first look on.
        self.drain = DrainSchedule(checksBeforeScan: adoptedGroup == nil ? DrainSchedule.usualChecksBeforeScan : 0)
    }

    /// The pipe of a stream.
    func pipe(of stream: OutputLine.Stream) -> OutputPipe {
        switch stream {
        case .stdout: pipes.standardOutput
        case .stderr: pipes.standardError
        }
    }

    /// Whether both pipes are at their end.
    var isOutputClosed: Bool { pipes.standardOutput.isClosed && pipes.standardError.isClosed }
}
