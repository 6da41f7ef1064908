extension ReactorLoop {
    /// The most that a pipe can hold (/proc/sys/fs/pipe-max-size by default).
    private static let largestPipe = 1024 * 1024

    /// Reads one chunk of a child's output.
    func readOutput(key: UInt64, stream: OutputLine.Stream) {
        guard let child = children[key] else {
            return
        }
        let progress = child.pipe(of: stream).read(into: buffer, deliver: child.handlers.onOutput)
        pace.note(progress)
        if progress == .closed, child.lifecycle.phase == .ended, child.isOutputClosed {
            forget(child)
        }
    }

    /// Reads one chunk of a child's notification.
    func readNotification(key: UInt64) {
        if let child = children[key], child.pipes.notification?.read(into: buffer) == true {
            receivedNotification(of: child)
        }
    }

    /// Notes a notification for the next gateway, and tells about it.
    ///
    /// Whoever notifies has become the program that it stays.
    func receivedNotification(of child: ReactorChild) {
        updateTerms(of: child) { terms in
            terms.notification = .received
            terms.executable = RunningExecutable.path(pid: child.process.pid) ?? terms.executable
        }
        child.handlers.onNotify()
    }

    /// Reads what the pipes hold when the last process of a group is gone.
    func readRemainingOutput(of child: ReactorChild) {
        for stream in OutputLine.Stream.allCases {
            let pipe = child.pipe(of: stream)
            var budget = Self.largestPipe / Self.chunk
            while budget > 0 {
                switch pipe.read(into: buffer, deliver: child.handlers.onOutput) {
                case .filled, .drained: budget -= 1
                case .empty, .closed: budget = 0
                }
            }
            // The last words of a program often lack a line end.
            pipe.flush(deliver: child.handlers.onOutput)
        }
    }
}
