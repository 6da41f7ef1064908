import Supervision
import Synchronization

/// Where callers leave what the store's thread is to do, and where it leaves its figures.
///
/// Bounded by its users: one note per document, and one commit per task that waits for it.
final class StoreMailbox: Sendable {
    /// A document that was noted and not yet looked at.
    struct Note: Sendable {
        let document: Document
        let at: Duration
        let ordinal: UInt64
    }

    /// A commit that waits for the next transaction.
    struct Commit: Sendable {
        let ticket: UInt64
        let changes: [StoreChange]
        let at: Duration
    }

    private struct State {
        var notes: [DocumentID: Note] = [:]
        var commits: [Commit] = []
        var lastNumber: UInt64 = 0
        var writeBehind: WriteBehind
        var figures = StoreFigures()

        mutating func nextNumber() -> UInt64 {
            lastNumber += 1
            return lastNumber
        }
    }

    private let state: Mutex<State>
    /// Ends the sleep of the write-behind loop.
    private let wake: @Sendable () -> Void

    init(writeBehind: WriteBehind, wake: @escaping @Sendable () -> Void) {
        state = Mutex(State(writeBehind: writeBehind))
        self.wake = wake
    }

    /// The figures as of now.
    var figures: StoreFigures {
        state.withLock { state in
            var figures = state.figures
            figures.dirtyDocuments += state.notes.count
            return figures
        }
    }

    /// Leaves an observed document in place of the one that was noted before.
    func note(_ document: Document, isUrgent: Bool, at time: Duration, now: Moment) {
        let isEarlier = state.withLock { state in
            state.notes[document.id] = Note(document: document, at: time, ordinal: state.nextNumber())
            return state.writeBehind.note(document.id, isUrgent: isUrgent, at: now)
        }
        if isEarlier { wake() }
    }

    /// Leaves changes for the next transaction; notes of the same documents are older and fall away.
    ///
    /// - Returns: the ticket by which the outcome is asked for.
    func commit(_ changes: [StoreChange], at time: Duration) -> UInt64 {
        state.withLock { state in
            for change in changes {
                switch change {
                case .put(let document): state.notes[document.id] = nil
                case .remove(let key): for id in DocumentID.all(of: key) { state.notes[id] = nil }
                }
            }
            let ticket = state.nextNumber()
            state.commits.append(Commit(ticket: ticket, changes: changes, at: time))
            return ticket
        }
    }

    /// Takes all commits that wait.
    func takeCommits() -> [Commit] {
        state.withLock { state in
            defer { state.commits = [] }
            return state.commits
        }
    }

    /// Takes notes in the order in which they came.
    ///
    /// - Parameter scope: of which documents; nil for all.
    /// - Returns: the notes.
    func takeNotes(_ scope: Set<DocumentID>? = nil) -> [Note] {
        let notes = state.withLock { state in
            let taken = scope.map { scope in state.notes.filter { scope.contains($0.key) } } ?? state.notes
            for id in taken.keys { state.notes[id] = nil }
            return taken
        }
        return notes.values.sorted { $0.ordinal < $1.ordinal }
    }

    /// Says what the write-behind loop is to do, and counts it as done.
    func takeTurn(at now: Moment) -> WriteBehind.Turn {
        state.withLock { $0.writeBehind.takeTurn(at: now) }
    }

    /// A write has failed.
    func failed(at now: Moment) {
        state.withLock { $0.writeBehind.failed(at: now) }
        wake()
    }

    /// A write has succeeded after failures.
    func recovered() {
        state.withLock { $0.writeBehind.recovered() }
    }

    /// Changes the figures.
    func update(_ change: (inout StoreFigures) -> Void) {
        state.withLock { change(&$0.figures) }
    }
}
