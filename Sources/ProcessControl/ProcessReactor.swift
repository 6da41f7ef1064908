internal import SystemPackage

/// Starts, watches and stops processes: one permanent thread, three to five descriptors per child, no polling.
///
/// Every child is the leader of its own session and group, and the end of a child means the end of its whole group. When the
/// last reference to the reactor goes, every child is killed.
public final class ProcessReactor: Sendable {
    private let mailbox: ReactorMailbox
    /// Where children are recorded, if anywhere.
    public let records: ChildRecordDirectory?
    /// Where children get cgroups of their own, if anywhere.
    public let cgroups: CgroupRoot?

    /// Starts the reactor's thread.
    ///
    /// - Parameters:
    ///   - records: where children are recorded for the next start of the gateway; nil records none.
    ///   - adoptsOrphans: whether this process becomes the reaper of orphaned descendants. It then reaps *every* child of
    ///     this process, and stays a reaper: only for a process that starts children in no other way, and for one reactor
    ///     in it. A child that leaves processes outside its group is then ended with them.
    ///   - cgroups: where every child gets a cgroup of its own; nil makes none.
    /// - Throws: `reactorUnavailable` or `outOfDescriptors`.
    public init(
        records: ChildRecordDirectory? = nil,
        adoptsOrphans: Bool = false,
        cgroups: CgroupRoot? = nil
    ) throws(ProcessControlError) {
        let mailbox: ReactorMailbox
        do {
            mailbox = try Self.start(
                records: records,
                policy: ContainmentPolicy(cgroups: cgroups, adoptsOrphans: adoptsOrphans)
            )
        } catch {
            throw ProcessControlError(
                error == .tooManyOpenFiles || error == .tooManyOpenFilesInSystem
                    ? .outOfDescriptors : .reactorUnavailable,
                "cannot set up process control",
                remedy: "raise the limits of open files and threads",
                errno: error
            )
        }
        self.mailbox = mailbox
        self.records = records
        self.cgroups = cgroups
    }

    deinit {
        mailbox.close()
    }

    /// Starts a program and returns once it runs: an error means that its first instruction was never executed.
    ///
    /// May be called from any task; the start itself happens on the reactor's thread. Both handlers are called on that
    /// thread and must not block. `onExit` may be called before this returns.
    ///
    /// - Parameters:
    ///   - spec: what to run.
    ///   - childPath: the name under which it is recorded for the next start of the gateway; nil records nothing.
    ///   - gate: limits the lines that `onOutput` gets; nil lets all pass.
    ///   - onOutput: called for each line, in the order of its stream; may be called for at most one second after
    ///     `onExit` when a process outside the group holds the stream open.
    ///   - onNotify: called at most once, before `onExit`, when the program has written a line end to its
    ///     `notifyDescriptor`. A program that closes it without doing so is never ready.
    ///   - onExit: called exactly once, when nothing is left of the group and of those that have left it, as far as they can
    ///     be found: in the child's cgroup or, where orphans are adopted, by the environment variable
    ///     `GATEWARDEN_CHILD_ID` and by their descent. What the child has written was delivered.
    /// - Returns: the child.
    /// - Throws: `spawnFailed` with the stage and the errno, `outOfDescriptors`, `outOfProcesses`, `recordFailed`,
    ///   `invalidSpecification`, `unknownAccount`, `reactorBusy`, `reactorClosed`.
    public func spawn(
        _ spec: ProcessSpec,
        recordedAs childPath: String? = nil,
        gate: (any OutputGate)? = nil,
        onOutput: @escaping @Sendable (OutputLine) -> Void,
        onNotify: @escaping @Sendable () -> Void = {},
        onExit: @escaping @Sendable (ProcessExit) -> Void
    ) async throws(ProcessControlError) -> ChildProcess {
        try await start(
            .program(spec, recordedAs: childPath),
            handlers: ChildHandlers(gate: gate, onOutput: onOutput, onNotify: onNotify, onExit: onExit)
        )
    }

    /// Takes over a child of an earlier gateway, with its pid and its output from where it was last read.
    ///
    /// From here on it is a child as any other, and its record stays for the next gateway. Two things differ where the
    /// process has another parent by now: how its leader ended is `ProcessExit.Status.unknown`, and what it has used is
    /// known only if it has a cgroup. What the earlier gateway had read and not passed on is lost, and the first line may
    /// lack its beginning. A stream that the program has closed or redirected yields nothing.
    ///
    /// Whether the child is what would be started today is up to the caller (`AdoptableChild.matches`): one that is not
    /// can be adopted and then terminated, which keeps reading what it says meanwhile.
    ///
    /// May be called from any task. The handlers are called on the reactor's thread and must not block; they may be called
    /// before this returns.
    ///
    /// - Parameters:
    ///   - child: what `StrayCleaner` has found.
    ///   - gate: as for a started child.
    ///   - onOutput: as for a started child.
    ///   - onNotify: as for a started child; called at once if the program has notified the earlier gateway, or has closed
    ///     its descriptor while there was none.
    ///   - onExit: as for a started child.
    /// - Returns: the child.
    /// - Throws: `adoptionRefused` if the process is not proven to be the child any more, or is watched already;
    ///   `outOfDescriptors`, `reactorBusy`, `reactorClosed`. The process was not touched then.
    public func adopt(
        _ child: AdoptableChild,
        gate: (any OutputGate)? = nil,
        onOutput: @escaping @Sendable (OutputLine) -> Void,
        onNotify: @escaping @Sendable () -> Void = {},
        onExit: @escaping @Sendable (ProcessExit) -> Void
    ) async throws(ProcessControlError) -> ChildProcess {
        try await start(
            .adoptable(child),
            handlers: ChildHandlers(gate: gate, onOutput: onOutput, onNotify: onNotify, onExit: onExit)
        )
    }

    /// Which limits of a specification cannot be kept here, to be told to a person once; the start succeeds all the same.
    ///
    /// - Parameter spec: what is to run.
    /// - Returns: the limits, in a fixed order.
    public func unappliedLimits(of spec: ProcessSpec) -> [UnappliedLimit] {
        spec.limits.unapplied(with: cgroups?.controllers ?? [])
    }

    /// Asks a child's group to stop (SIGTERM, then SIGCONT); what the leader leaves behind may then finish by itself.
    ///
    /// Those that have left the group are asked when the group is gone. Does not block; does nothing if the child has ended.
    ///
    /// - Parameter child: the child.
    public func terminate(_ child: ChildProcess) {
        mailbox.post(to: child.key) { $0.terminate = true }
    }

    /// Ends a child's group and those that have left it at once (SIGKILL).
    ///
    /// Does not block; does nothing if the child has ended.
    ///
    /// - Parameter child: the child.
    public func kill(_ child: ChildProcess) {
        mailbox.post(to: child.key) { $0.kill = true }
    }

    /// Sends a signal to a child's leader alone; it does not count as a stop.
    ///
    /// Does not block; does nothing if the leader has ended. A signal that is still waiting is not queued twice.
    ///
    /// - Parameters:
    ///   - signal: the signal, 1 to 64; others are ignored.
    ///   - child: the child.
    public func signal(_ signal: ProcessSignal, to child: ChildProcess) {
        guard (1...64).contains(signal.rawValue) else {
            return
        }
        mailbox.post(to: child.key) { $0.toLeader |= 1 << UInt64(signal.rawValue - 1) }
    }

    /// Refuses further starts, kills every group, and waits until each child's end was reported and the thread has ended.
    public func shutdown() async {
        mailbox.close()
        await mailbox.awaitEnd()
    }

    private func start(
        _ subject: ReactorMailbox.Start.Subject,
        handlers: ChildHandlers
    ) async throws(ProcessControlError) -> ChildProcess {
        let result = await withCheckedContinuation { reply in
            mailbox.submit(ReactorMailbox.Start(subject: subject, handlers: handlers, reply: reply))
        }
        return try result.get()
    }
}
