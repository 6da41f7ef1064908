import NIOCore
import Synchronization

/// Holds a client's connection until somebody serves it, and closes it when nobody does.
///
/// NIO stops the whole process when an async channel is dropped unserved, as happens to a connection that is accepted
/// while its listener closes.
final class AcceptedConnection: Sendable {
    typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private let held: Mutex<Channel?>

    init(_ channel: Channel) {
        held = Mutex(channel)
    }

    /// Hands the connection over to whoever serves it; `nil` from the second call on.
    func take() -> Channel? {
        held.withLock { $0.take() }
    }

    deinit {
        guard let channel = take() else { return }
        // Nobody is left who could own the task; it ends as soon as the connection is closed.
        Task {
            // What was never served has nothing that an error while closing could harm.
            try? await channel.executeThenClose { _, _ in }
        }
    }
}
