import Synchronization

/// Whether a process has said on its notification descriptor that it is ready.
final class NotificationLatch: Sendable {
    private let flag = Atomic(false)

    /// Whether the process has said so.
    var isSet: Bool { flag.load(ordering: .relaxed) }

    /// Takes note that the process has said so.
    func set() {
        flag.store(true, ordering: .relaxed)
    }
}
