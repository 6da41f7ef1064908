import Supervision

/// Decides when observed documents are written.
///
/// Everything that was noted is written one interval after the first of it, so at most once per interval. Urgent notes
/// are written on their own and soon, at most once per ``urgentInterval``; they do not take the others along, or one
/// flapping worker would defeat the interval for all. After a failure everything waits for the backoff.
struct WriteBehind: Equatable {
    /// What to flush.
    enum Scope: Equatable, Sendable {
        /// These documents, whose workers have changed their state.
        case urgent(Set<DocumentID>)
        /// All that is not on disk.
        case everything
    }

    /// What to do now.
    enum Turn: Equatable {
        /// Nothing, until something is noted.
        case idle
        /// Nothing before a moment.
        case wait(until: Moment)
        /// A flush.
        case flush(Scope)
    }

    /// The shortest time between two flushes.
    static let urgentInterval = Duration.seconds(1)

    private let interval: Duration
    private let backoff: Backoff
    private var dirty: Set<DocumentID> = []
    private var dirtySince: Moment?
    private var urgent: Set<DocumentID> = []
    private var urgentSince: Moment?
    private var lastFlush: Moment?
    private var failures = 0
    private var retryAt: Moment?

    /// Begins with nothing to write.
    ///
    /// - Parameters:
    ///   - interval: how long a note may stay unwritten; not less than ``urgentInterval``.
    ///   - backoff: the delays after failed writes.
    init(interval: Duration, backoff: Backoff = Backoff()) {
        self.interval = max(interval, Self.urgentInterval)
        self.backoff = backoff
    }

    /// Takes note of an observed document.
    ///
    /// - Returns: whether the next turn is earlier than it was.
    mutating func note(_ id: DocumentID, isUrgent: Bool, at now: Moment) -> Bool {
        let before = due
        dirty.insert(id)
        dirtySince = dirtySince ?? now
        if isUrgent {
            urgent.insert(id)
            urgentSince = urgentSince ?? now
        }
        guard let due else { return false }
        return before.map { due < $0 } ?? true
    }

    /// Says what to do, and counts it as done.
    mutating func takeTurn(at now: Moment) -> Turn {
        guard let due else { return .idle }
        guard due <= now else { return .wait(until: due) }
        lastFlush = now
        if retryAt != nil || dirtySince.map({ $0.advanced(by: interval) <= now }) ?? false {
            clear()
            return .flush(.everything)
        }
        let scope = Scope.urgent(urgent)
        dirty.subtract(urgent)
        if dirty.isEmpty { dirtySince = nil }
        urgent = []
        urgentSince = nil
        return .flush(scope)
    }

    /// A write has failed: everything is tried again after the backoff.
    mutating func failed(at now: Moment) {
        // A commit that fails while an attempt is due anyway does not lengthen the wait for it.
        if let retryAt, retryAt > now { return }
        retryAt = now.advanced(by: backoff.delay(afterAttempts: failures))
        failures += 1
    }

    /// A write has succeeded after failures.
    mutating func recovered() {
        failures = 0
        retryAt = nil
    }

    private mutating func clear() {
        dirty = []
        dirtySince = nil
        urgent = []
        urgentSince = nil
        retryAt = nil
    }

    private var due: Moment? {
        if let retryAt { return retryAt }
        let regular = dirtySince?.advanced(by: interval)
        let soon = urgentSince.map { since in
            max(since, lastFlush?.advanced(by: Self.urgentInterval) ?? since)
        }
        return [regular, soon].compactMap(\.self).min()
    }
}
