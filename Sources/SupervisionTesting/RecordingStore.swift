import FoundationEssentials
public import Supervision
import Synchronization

/// A store in memory that tells what it was given, and fails when a test says so.
public final class RecordingStore: TriangularStore {
    private struct State {
        var documents: [WorkerKey: [DocumentKind: StoredDocument<String>]] = [:]
        var lastSyncID: Int64 = 0
        var noted: [Document] = []
        var failure: String?
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Creates an empty store.
    public init() {}

    /// The observed documents that were noted so far.
    public var noted: [Document] { state.withLock { $0.noted } }

    /// The workers that have documents.
    public var keys: Set<WorkerKey> { state.withLock { Set($0.documents.keys) } }

    /// Lets every commit end in memory only from now on, or be durable again.
    ///
    /// - Parameter reason: what is in the way, or nil.
    public func fail(_ reason: String?) {
        state.withLock { $0.failure = reason }
    }

    /// How many commits are held back.
    public var heldCount: Int { state.withLock { $0.held.count } }

    /// Lets every commit wait from now on, as on a slow disk.
    public func holdCommits() {
        state.withLock { $0.isHolding = true }
    }

    /// Lets the commits go on, those that wait and those to come.
    public func releaseCommits() {
        let held = state.withLock { state in
            defer { (state.isHolding, state.held) = (false, []) }
            return state.held
        }
        for commit in held { commit.resume() }
    }

    /// Returns a document's JSON, or nil.
    public func json(_ kind: DocumentKind, of key: WorkerKey) -> String? {
        state.withLock { $0.documents[key]?[kind]?.content }
    }

    /// Keeps the changes.
    public func commit(_ changes: [StoreChange]) async -> Durability {
        await waitForRelease()
        return state.withLock { state in
            for change in changes {
                switch change {
                case .put(let document): Self.put(document, &state)
                case .remove(let key): state.documents[key] = nil
                }
            }
            return state.failure.map { .inMemory($0) } ?? .durable
        }
    }

    /// Keeps an observation.
    public func note(_ document: Document, isUrgent: Bool) {
        state.withLock { $0.noted.append(document) }
    }

    /// Reads all documents of one kind.
    public func documents<Content: Decodable & Sendable>(
        _ kind: DocumentKind,
        as type: Content.Type
    ) async throws -> [StoredDocument<Content>] {
        try state.withLock { $0.documents.values.compactMap { $0[kind] } }.map { document in
            StoredDocument(
                key: document.key,
                kind: kind,
                content: try JSONDecoder().decode(Content.self, from: Data(document.content.utf8)),
                syncID: document.syncID,
                changedAt: document.changedAt
            )
        }.sorted { $0.syncID < $1.syncID }
    }

    /// Reads what has changed since a sync id.
    public func changes(since syncID: Int64, limit: Int) async throws -> [StoredDocument<String>] {
        let all = state.withLock { $0.documents.values.flatMap(\.values) }
        return Array(all.filter { $0.syncID > syncID }.sorted { $0.syncID < $1.syncID }.prefix(limit))
    }

    private func waitForRelease() async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.isHolding { state.held.append(continuation) }
                return state.isHolding
            }
            if !isHeld { continuation.resume() }
        }
    }

    private static func put(_ document: Document, _ state: inout State) {
        state.lastSyncID += 1
        // A test's documents can be encoded; one that cannot shows as missing.
        guard let json = try? JSONEncoder().encode(document.content) else { return }
        state.documents[document.key, default: [:]][document.kind] = StoredDocument(
            key: document.key,
            kind: document.kind,
            content: String(decoding: json, as: UTF8.self),
            syncID: state.lastSyncID,
            changedAt: .zero
        )
    }
}
