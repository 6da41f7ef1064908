internal import Supervision

/// A store that keeps nothing, so that only the engine is measured.
struct VoidStore: TriangularStore {
    func commit(_ changes: [StoreChange]) async -> Durability { .durable }

    func note(_ document: Document, isUrgent: Bool) {}

    func documents<Content: Decodable & Sendable>(
        _ kind: DocumentKind,
        as type: Content.Type
    ) async throws -> [StoredDocument<Content>] { [] }

    func changes(since syncID: Int64, limit: Int) async throws -> [StoredDocument<String>] { [] }
}
