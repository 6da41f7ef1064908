import FoundationEssentials
import Supervision
import Synchronization

/// The one place where the gateway's store is made.
enum StoreSetup {
    /// Makes the store of a gateway.
    ///
    /// PLACEHOLDER: keeps everything in memory and so forgets it with the process; the store on disk takes its place.
    static func makeStore() -> any TriangularStore {
        MemoryStore()
    }
}

/// PLACEHOLDER for the store on disk: the smallest thing that keeps the promises of the protocol within one process.
private final class MemoryStore: TriangularStore {
    private struct Place: Hashable {
        let key: WorkerKey
        let kind: DocumentKind
    }

    private struct State {
        var documents: [Place: StoredDocument<String>] = [:]
        var lastSyncID: Int64 = 0
    }

    private let state = Mutex(State())

    func commit(_ changes: [StoreChange]) async -> Durability {
        for change in changes {
            switch change {
            case .put(let document): note(document, isUrgent: true)
            case .remove(let key):
                state.withLock { state in
                    for kind in DocumentKind.allCases { state.documents[Place(key: key, kind: kind)] = nil }
                }
            }
        }
        return .inMemory("there is no store on disk")
    }

    func note(_ document: Document, isUrgent: Bool) {
        // Observations are not read back by anybody here, and encoding each would cost a processor for nothing.
        guard document.kind != .observed else { return }
        // The documents of this program can be encoded; one that cannot is missing when it is read.
        guard let json = try? JSONEncoder().encode(document.content) else { return }
        state.withLock { state in
            state.lastSyncID += 1
            state.documents[Place(key: document.key, kind: document.kind)] = StoredDocument(
                key: document.key,
                kind: document.kind,
                content: String(decoding: json, as: UTF8.self),
                syncID: state.lastSyncID,
                changedAt: .zero
            )
        }
    }

    func documents<Content: Decodable & Sendable>(
        _ kind: DocumentKind,
        as type: Content.Type
    ) async throws -> [StoredDocument<Content>] {
        try await changes(since: 0, limit: .max).filter { $0.kind == kind }.map { document in
            StoredDocument(
                key: document.key,
                kind: kind,
                content: try JSONDecoder().decode(type, from: Data(document.content.utf8)),
                syncID: document.syncID,
                changedAt: document.changedAt
            )
        }
    }

    func changes(since syncID: Int64, limit: Int) async throws -> [StoredDocument<String>] {
        let newer = state.withLock { $0.documents.values.filter { $0.syncID > syncID } }
        return Array(newer.sorted { $0.syncID < $1.syncID }.prefix(limit))
    }
}
