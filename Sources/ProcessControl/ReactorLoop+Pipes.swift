internal import CProcessControl
internal import SystemPackage

extension ReactorLoop {
    /// What the pipes of an adoptable child are to hold while no gateway reads (/proc/sys/fs/pipe-max-size by default).
    private static let lastingCapacity: Int32 = 1024 * 1024

    /// Makes the pipes of a child, and watches their reading ends.
    ///
    /// - Parameters:
    ///   - spec: what is to be started.
    ///   - areLasting: whether the child may outlive the gateway.
    ///   - key: the child's key.
    ///   - gate: limits the lines of its output.
    /// - Returns: the pipes.
    /// - Throws: `spawnFailed` with the stage `pipes`, or `outOfDescriptors`.
    func makePipes(
        for spec: ProcessSpec,
        areLasting: Bool,
        key: UInt64,
        gate: (any OutputGate)?
    ) throws(ProcessControlError) -> SpawnPipes {
        do throws(Errno) {
            let capacity = areLasting ? Self.lastingCapacity : nil
            let output = try PipeEnds(lastingCapacity: capacity)
            let error = try PipeEnds(lastingCapacity: capacity)
            try poller.watchOutput(output.reading, key: key, stream: .stdout)
            try poller.watchOutput(error.reading, key: key, stream: .stderr)
            guard spec.notifyDescriptor != nil else {
                return SpawnPipes(output: output, error: error, gate: gate)
            }
            let notification = try PipeEnds(lastingCapacity: capacity)
            try poller.watchNotification(notification.reading, key: key)
            return SpawnPipes(output: output, error: error, notification: notification, gate: gate)
        } catch {
            throw SpawnStage.pipes.failure(error, of: spec)
        }
    }

    /// Finds the pipes of a child that an earlier gateway has started, and watches them.
    ///
    /// A stream that the child has closed or redirected is at its end.
    func reopenPipes(
        of child: AdoptableChild,
        key: UInt64,
        gate: (any OutputGate)?
    ) throws(Errno) -> ChildPipes {
        ChildPipes(
            standardOutput: try reopen(.stdout, of: child, key: key, gate: gate),
            standardError: try reopen(.stderr, of: child, key: key, gate: gate),
            notification: try reopenNotification(of: child, key: key)
        )
    }

    private func reopen(
        _ stream: OutputLine.Stream,
        of child: AdoptableChild,
        key: UInt64,
        gate: (any OutputGate)?
    ) throws(Errno) -> OutputPipe {
        let reading =
            switch stream {
            case .stdout: try reopen(1, inode: child.terms.standardOutput, of: child)
            case .stderr: try reopen(2, inode: child.terms.standardError, of: child)
            }
        guard let reading else {
            return OutputPipe(descriptor: nil, stream: stream, gate: gate)
        }
        try poller.watchOutput(reading, key: key, stream: stream)
        return OutputPipe(descriptor: reading, stream: stream, gate: gate)
    }

    private func reopenNotification(of child: AdoptableChild, key: UInt64) throws(Errno) -> NotificationPipe? {
        guard
            case .awaited(let number, let inode) = child.terms.notification,
            let reading = try reopen(number, inode: inode, of: child)
        else {
            return nil
        }
        try poller.watchNotification(reading, key: key)
        return NotificationPipe(descriptor: reading)
    }

    /// A new reading end of a pipe that was given to a child; nil if the child has closed or replaced it.
    private func reopen(_ number: Int32, inode: UInt64, of child: AdoptableChild) throws(Errno) -> OwnedDescriptor? {
        if let reading = OwnedDescriptor(adopting: pc_reopen_pipe(child.pid, number, inode)) {
            return reading
        }
        let errno = Errno.latest
        guard errno == .noSuchFileOrDirectory || errno == .badFileDescriptor else {
            throw errno
        }
        return nil
    }
}
