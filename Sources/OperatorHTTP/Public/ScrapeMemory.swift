internal import Synchronization

/// Bounds what all bodies together hold that are on their way to scrapers.
///
/// A body stays in memory until its slowest reader has taken it. Where a new one would exceed the limit, the oldest ones are
/// given up and their readers cut off: it is those that are slow, and the next scrape is not made to pay for them. The
/// newest one is kept however large it is.
final class ScrapeMemory: Sendable {
    /// A body, and how much it holds.
    private struct Entry {
        let number: Int
        let count: Int
        weak var body: ScrapeBody?
    }

    private struct State {
        /// Oldest first.
        var entries: [Entry] = []
        var next = 0
        var total: Int { entries.reduce(0) { $0 + $1.count } }
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: How many bytes all bodies may have.
    init(limit: Int) {
        self.limit = limit
    }

    /// How many bytes all bodies have now.
    var total: Int { state.withLock { $0.total } }

    /// Keeps a new body, and gives up old ones where there is no room.
    func hold(_ bytes: [UInt8], coding: ContentCoding) -> ScrapeBody {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        let body = ScrapeBody(bytes, coding: coding) { [weak self] in self?.release(number) }
        // Bodies are let go outside of the lock, which the end of one needs.
        let victims = state.withLock { state in
            var victims: [ScrapeBody] = []
            while !state.entries.isEmpty, state.total + bytes.count > limit {
                if let victim = state.entries.removeFirst().body { victims.append(victim) }
            }
            state.entries.append(Entry(number: number, count: bytes.count, body: body))
            return victims
        }
        for victim in victims { victim.cutOff() }
        return body
    }

    private func release(_ number: Int) {
        state.withLock { $0.entries.removeAll { $0.number == number } }
    }
}
