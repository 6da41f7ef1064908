internal import Glibc
internal import SystemPackage

/// The reactor's thread: the only place that knows pids and descriptors of children.
///
/// Created and used on that thread only.
final class ReactorLoop {
    /// How much is read from one pipe before deaths and commands are looked at again.
    static let chunk = 32 * 1024
    /// How many processes are started before deaths are looked at again.
    static let startBatch = 4

    let poller: ReactorPoller
    let mailbox: ReactorMailbox
    let records: ChildRecordDirectory?
    let policy: ContainmentPolicy
    let buffer: UnsafeMutableRawBufferPointer
    var children: [UInt64: ReactorChild] = [:]
    /// The children whose leader is not reaped.
    var keysByPid: [Int32: UInt64] = [:]
    /// The children with a deadline: a look at an executable, a group without leader, those that have left it, or pipes that
    /// outlive their group.
    var timed: Set<UInt64> = []
    var nextKey: UInt64 = 1
    var pace = OutputPace()
    var isClosing = false

    init(
        poller: ReactorPoller,
        mailbox: ReactorMailbox,
        records: ChildRecordDirectory?,
        policy: ContainmentPolicy
    ) {
        self.poller = poller
        self.mailbox = mailbox
        self.records = records
        self.policy = policy
        self.buffer = .allocate(byteCount: Self.chunk, alignment: MemoryLayout<UInt64>.alignment)
    }

    deinit {
        buffer.deallocate()
    }

    /// Works until the reactor is closed and nothing of any child is left.
    func run() {
        while !(isClosing && children.isEmpty) {
            for token in poller.wait(timeout: timeToNextDeadline()) {
                switch token {
                case .output(let key, let stream):
                    readOutput(key: key, stream: stream)
                    handleUrgent()
                case .notification(let key):
                    readNotification(key: key)
                case .urgent, .wake, .childSignal, .death:
                    handleUrgent()
                }
            }
            if pace.takeRest() {
                handle(poller.waitForUrgent(timeout: OutputPace.rest))
            }
            handleDeadlines()
        }
        mailbox.reactorEnded()
    }

    /// Deaths first: whoever is told about them should not wait for starts.
    private func handleUrgent() {
        handle(poller.waitForUrgent(timeout: .zero))
    }

    private func handle(_ tokens: [ReactorPoller.Token]) {
        for case .death(let key) in tokens {
            handleDeath(key: key)
        }
        if tokens.contains(.childSignal) {
            poller.clearChildSignal()
            reapOrphans()
        }
        if tokens.contains(.wake) {
            poller.clearWake()
            handleCommands()
        }
        sweepEscapees()
    }

    private func handleCommands() {
        let delivery = mailbox.take(starts: Self.startBatch)
        if delivery.isClosing, !isClosing {
            isClosing = true
            killEverything()
        }
        noteDescendants(of: delivery.signals.filter { $0.value.terminate || $0.value.kill }.keys)
        for (key, signals) in delivery.signals {
            if let child = children[key] {
                send(signals, to: child)
            }
        }
        for request in delivery.starts {
            let answer = isClosing ? .failure(ReactorMailbox.closed(request)) : start(request)
            request.reply.resume(returning: answer)
        }
        if delivery.hasMore {
            poller.wake()
        }
    }

    private func start(_ request: ReactorMailbox.Start) -> Result<ChildProcess, ProcessControlError> {
        switch request.subject {
        case .program(let spec, let childPath): spawn(spec, recordedAs: childPath, handlers: request.handlers)
        case .adoptable(let child): adopt(child, handlers: request.handlers)
        }
    }

    private func killEverything() {
        noteDescendants(of: children.keys)
        for child in Array(children.values) {
            send(ReactorMailbox.PendingSignals(kill: true), to: child)
            if child.lifecycle.phase == .ended {
                giveUpOutput(of: child)
            }
        }
    }

    private func timeToNextDeadline() -> Duration? {
        let deadlines = timed.compactMap { children[$0]?.deadline }
        return deadlines.min().map { max(.zero, ContinuousClock.now.duration(to: $0)) }
    }

    private func handleDeadlines() {
        if timed.isEmpty {
            return
        }
        let now = ContinuousClock.now
        for key in Array(timed) {
            guard let child = children[key], let deadline = child.deadline, deadline <= now else {
                continue
            }
            switch child.lifecycle.phase {
            case .running: lookAtExecutable(of: child, now: now)
            case .draining: checkGroup(of: child, now: now)
            // All of them are looked for at once.
            case .sweeping: continue
            case .ended: giveUpOutput(of: child)
            }
        }
        sweepEscapees()
    }

    func setDeadline(_ deadline: ContinuousClock.Instant, of child: ReactorChild) {
        child.deadline = deadline
        timed.insert(child.process.key)
    }

    func cancelDeadline(of child: ReactorChild) {
        child.deadline = nil
        timed.remove(child.process.key)
    }
}
