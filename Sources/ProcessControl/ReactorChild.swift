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
    let standardOutput: OutputPipe
    let standardError: OutputPipe
    let notification: NotificationPipe?
    /// Set if the child was started by an earlier gateway, and somebody else reaps it.
    let adoptedGroup: AdoptedGroup?
    let handlers: ChildHandlers
    var record: RecordEntry?
    var lifecycle = ChildLifecycle()
    /// Gone when the leader is reaped.
    var pidfd: OwnedDescriptor?
    var death: Death?
    var drain: DrainSchedule
    /// When to look at the executable or the group again or, after the end, when to give up on the pipes.
    var deadline: ContinuousClock.Instant?

    init(
        process: ChildProcess,
        pidfd: consuming OwnedDescriptor,
        adoptedGroup: AdoptedGroup? = nil,
        record: RecordEntry?,
        pipes: ChildPipes,
        handlers: ChildHandlers
    ) {
        self.process = process
        self.pidfd = consume pidfd
        self.record = record
        self.standardOutput = pipes.standardOutput
        self.standardError = pipes.standardError
        self.notification = pipes.notification
        self.adoptedGroup = adoptedGroup
        self.handlers = handlers
        // Somebody else may never reap the dead, so they are told apart from the first look on.
        self.drain = DrainSchedule(checksBeforeScan: adoptedGroup == nil ? DrainSchedule.usualChecksBeforeScan : 0)
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
