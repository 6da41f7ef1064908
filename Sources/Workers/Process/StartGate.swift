import Synchronization

/// Lets only so many heavy programs start at a time, in the order in which they ask: on a small box a broker and a database
/// that start together are both late.
///
/// All methods may be called from any task; only ``enter()`` suspends. Those who wait are bounded by the children of the
/// tree, as each has one start under way at most.
public final class StartGate: Sendable {
    private struct State {
        /// Who is starting.
        var inside: Set<Int> = []
        var waiting: [(ticket: Int, admit: CheckedContinuation<Bool, Never>)] = []
        var lastTicket = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Creates a gate.
    ///
    /// - Parameter limit: how many may start at a time; at least 1.
    public init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Waits for its turn.
    ///
    /// - Returns: the ticket to ``leave(_:)`` with.
    /// - Throws: `CancellationError` when the task was cancelled while it waited.
    func enter() async throws -> Int {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let isAdmitted = await withTaskCancellationHandler {
            await withCheckedContinuation { admit in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    guard state.inside.count >= limit else {
                        state.inside.insert(ticket)
                        return true
                    }
                    state.waiting.append((ticket, admit))
                    return nil
                }
                if let answer { admit.resume(returning: answer) }
            }
        } onCancel: {
            withdraw(ticket)
        }
        guard isAdmitted else { throw CancellationError() }
        return ticket
    }

    /// Makes room for the next one; does nothing for a ticket that was returned already.
    func leave(_ ticket: Int) {
        let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard state.inside.remove(ticket) != nil, let first = state.waiting.first else { return nil }
            state.waiting.removeFirst()
            state.inside.insert(first.ticket)
            return first.admit
        }
        next?.resume(returning: true)
    }

    private func withdraw(_ ticket: Int) {
        let waiter: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiting.remove(at: index).admit
        }
        waiter?.resume(returning: false)
    }
}
