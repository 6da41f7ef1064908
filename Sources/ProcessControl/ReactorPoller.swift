internal import CProcessControl
internal import SystemPackage

/// What the reactor's thread waits on: deaths and commands apart from output, so that a flood of output delays neither.
final class ReactorPoller: Sendable {
    /// A watched descriptor.
    enum Token: Equatable, Sendable {
        /// A command is waiting.
        case wake
        /// SIGCHLD came.
        case childSignal
        /// A death or a command is waiting.
        case urgent
        /// The leader of a child has died.
        case death(key: UInt64)
        /// A child's output can be read.
        case output(key: UInt64, stream: OutputLine.Stream)
        /// A child's notification can be read.
        case notification(key: UInt64)
    }

    private static let batch = 64

    private let urgent: OwnedDescriptor
    private let all: OwnedDescriptor
    private let wakeup: OwnedDescriptor
    /// Opened once for the life of the process; owned by the shim.
    private let childSignal: Int32?

    init(adoptsOrphans: Bool) throws(Errno) {
        guard
            let urgent = OwnedDescriptor(adopting: pc_epoll()),
            let all = OwnedDescriptor(adopting: pc_epoll()),
            let wakeup = OwnedDescriptor(adopting: pc_eventfd())
        else {
            throw .latest
        }
        let childSignal = adoptsOrphans ? pc_child_signal_descriptor() : nil
        if let childSignal, childSignal < 0 {
            throw .latest
        }
        self.urgent = urgent
        self.all = all
        self.wakeup = wakeup
        self.childSignal = childSignal
        try Self.add(self.urgent.rawValue, as: .urgent, to: self.all)
        try Self.add(self.wakeup.rawValue, as: .wake, to: self.urgent)
        if let childSignal {
            try Self.add(childSignal, as: .childSignal, to: self.urgent)
        }
    }

    /// Wakes the thread; may be called from any thread.
    func wake() {
        pc_eventfd_signal(wakeup.rawValue)
    }

    /// Forgets the wake-ups so far.
    func clearWake() {
        pc_eventfd_clear(wakeup.rawValue)
    }

    /// Makes the thread look for dead orphans again.
    func noteChildSignal() {
        if let childSignal {
            pc_eventfd_signal(childSignal)
        }
    }

    /// Forgets the SIGCHLDs so far.
    func clearChildSignal() {
        if let childSignal {
            pc_eventfd_clear(childSignal)
        }
    }

    func watchDeath(_ pidfd: borrowing OwnedDescriptor, key: UInt64) throws(Errno) {
        try Self.add(pidfd.rawValue, as: .death(key: key), to: urgent)
    }

    func watchOutput(_ pipe: borrowing OwnedDescriptor, key: UInt64, stream: OutputLine.Stream) throws(Errno) {
        try Self.add(pipe.rawValue, as: .output(key: key, stream: stream), to: all)
    }

    func watchNotification(_ pipe: borrowing OwnedDescriptor, key: UInt64) throws(Errno) {
        try Self.add(pipe.rawValue, as: .notification(key: key), to: all)
    }

    /// What is ready; waits no longer than the timeout, or without limit if it is nil.
    func wait(timeout: Duration?) -> [Token] {
        Self.wait(all, milliseconds: timeout.map(Self.milliseconds) ?? -1)
    }

    /// Which deaths and commands are ready; waits for the first no longer than the timeout.
    func waitForUrgent(timeout: Duration) -> [Token] {
        Self.wait(urgent, milliseconds: Self.milliseconds(timeout))
    }

    private static func add(_ descriptor: Int32, as token: Token, to epoll: borrowing OwnedDescriptor) throws(Errno) {
        if pc_epoll_add(epoll.rawValue, descriptor, token.encoded) < 0 {
            throw .latest
        }
    }

    private static func wait(_ epoll: borrowing OwnedDescriptor, milliseconds: Int32) -> [Token] {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: batch) { tokens in
            let count = pc_epoll_wait(epoll.rawValue, tokens.baseAddress, Int32(batch), milliseconds)
            return tokens.prefix(max(0, Int(count))).compactMap(Token.init(encoded:))
        }
    }

    /// Rounded up, so that a deadline has passed when the wait ends.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        let attosecondsPerMillisecond: Int64 = 1_000_000_000_000_000
        let rest = (attoseconds + attosecondsPerMillisecond - 1) / attosecondsPerMillisecond
        return Int32(clamping: max(0, seconds * 1000 + rest))
    }
}

extension ReactorPoller.Token {
    private static let roleBits: UInt64 = 2

    /// The key of a child, or 0, and its role in the lowest two bits.
    ///
    /// Keys are never used twice, so a late event finds no child.
    fileprivate var encoded: UInt64 {
        switch self {
        case .wake: 0
        case .childSignal: 1
        case .urgent: 2
        case .death(let key): key << Self.roleBits
        case .output(let key, .stdout): key << Self.roleBits | 1
        case .output(let key, .stderr): key << Self.roleBits | 2
        case .notification(let key): key << Self.roleBits | 3
        }
    }

    fileprivate init?(encoded: UInt64) {
        let key = encoded >> Self.roleBits
        switch (key, encoded & 3) {
        case (0, 0): self = .wake
        case (0, 1): self = .childSignal
        case (0, 2): self = .urgent
        case (_, 0): self = .death(key: key)
        case (_, 1): self = .output(key: key, stream: .stdout)
        case (_, 2): self = .output(key: key, stream: .stderr)
        case (_, 3): self = .notification(key: key)
        default: return nil
        }
    }
}
