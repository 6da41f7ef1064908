public import Supervision
import Synchronization

/// A triangular store that keeps nothing beyond its own life: for a gateway without a data directory, and for tests.
///
/// Reads, sync ids and the recognition of unchanged documents are those of ``SQLiteTriangularStore``. Callable from any
/// thread; blocks for no longer than the encoding of what was noted since the last read.
public final class InMemoryTriangularStore: TriangularStore {
    private struct State {
        var image = StoreImage()
        var ids = SyncIDs()
        var notes: [DocumentID: (ordinal: Int, document: Document, at: Duration)] = [:]
        var lastOrdinal = 0

        mutating func settle() {
            for note in notes.values.sorted(by: { $0.ordinal < $1.ordinal }) {
                // A document that cannot be JSON is left out, as a note has nobody to tell it to.
                guard let body = try? DocumentCoder.encode(note.document) else { continue }
                image.put(note.document.id, body, at: note.at, ids: &ids)
            }
            notes = [:]
        }
    }

    private let wallClock: @Sendable () -> Duration
    private let answer: Durability
    private let state: Mutex<State>

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - answer: what commits answer; tests of what happens after a durable commit say so.
    ///   - wallClock: the time since 1970; called from any thread. Sync ids begin at its milliseconds.
    public init(
        answering answer: Durability = .inMemory("the configuration has no store"),
        wallClock: @escaping @Sendable () -> Duration
    ) {
        var state = State()
        state.ids.resume(after: 0, wallClock: wallClock())
        self.state = Mutex(state)
        self.answer = answer
        self.wallClock = wallClock
    }

    /// Takes over changes in their order; see ``SQLiteTriangularStore/commit(_:)``.
    ///
    /// - Parameter changes: what to keep.
    /// - Returns: the answer that the store was created with, or in memory with the reason where a document was left out.
    public func commit(_ changes: [StoreChange]) async -> Durability {
        let time = wallClock()
        return state.withLock { state in
            var durability = answer
            for change in changes {
                switch change {
                case .put(let document):
                    state.notes[document.id] = nil
                    do throws(StoreError) {
                        state.image.put(document.id, try DocumentCoder.encode(document), at: time, ids: &state.ids)
                    } catch {
                        durability = .inMemory(error.description)
                    }
                case .remove(let key):
                    for id in DocumentID.all(of: key) { state.notes[id] = nil }
                    state.image.remove(key)
                }
            }
            return durability
        }
    }

    /// Takes over what was observed.
    ///
    /// - Parameters:
    ///   - document: what was observed.
    ///   - isUrgent: without meaning here.
    public func note(_ document: Document, isUrgent: Bool) {
        let time = wallClock()
        state.withLock { state in
            state.lastOrdinal += 1
            state.notes[document.id] = (state.lastOrdinal, document, time)
        }
    }

    /// Reads all documents of one kind, noted ones included.
    ///
    /// - Parameters:
    ///   - kind: which of the three.
    ///   - type: what to read each one as.
    /// - Returns: the documents in the order of their sync ids.
    /// - Throws: a ``StoreError`` that names the document when one cannot be read as the type.
    public func documents<Content: Decodable & Sendable>(
        _ kind: DocumentKind,
        as type: Content.Type
    ) async throws -> [StoredDocument<Content>] {
        let documents = state.withLock { state in
            state.settle()
            return state.image.documents(kind)
        }
        return try documents.map { document throws(StoreError) in try document.decoded(as: type) }
    }

    /// Reads what has changed since a sync id, as JSON, noted documents included; removals do not show.
    ///
    /// - Parameters:
    ///   - syncID: the last one that the reader has seen; 0 for everything.
    ///   - limit: how many documents at most.
    /// - Returns: the documents in the order of their sync ids.
    /// - Throws: nothing at present.
    public func changes(since syncID: Int64, limit: Int) async throws -> [StoredDocument<String>] {
        state.withLock { state in
            state.settle()
            return state.image.changes(since: syncID, limit: limit).map(\.text)
        }
    }
}
