import NIOCore
import Synchronization

/// Holds an async channel until somebody serves it, and closes it when nobody does.
///
/// NIO stops the whole process when an async channel is dropped unserved. That happens to a connection that is accepted
/// while its listener closes, and to a listener that is bound and never run; held here, both are merely closed.
final class UnservedChannel<Held: UnservedClosable>: Sendable {
    private let held: Mutex<Held?>

    init(_ channel: Held) {
        held = Mutex(channel)
    }

    /// Hands the channel over to whoever serves it; `nil` from the second call on.
    func take() -> Held? {
        held.withLock { $0.take() }
    }

    deinit {
        guard let channel = take() else { return }
        // Nobody is left who could own the task; it ends as soon as the channel is closed.
        Task { await channel.closeUnserved() }
    }
}

/// A channel that can be closed without having been served.
protocol UnservedClosable: Sendable {
    /// Closes the channel; returns when it is closed.
    func closeUnserved() async
}

extension NIOAsyncChannel: UnservedClosable {
    func closeUnserved() async {
        // What was never served has nothing that an error while closing could harm.
        try? await executeThenClose { _, _ in }
    }
}
