/// The identity document of a worker.
public struct IdentityDocument: Sendable, Equatable, Codable {
    /// The number of the supervisor instance; grows for ever, also from one start of the gateway to the next.
    public let instance: UInt64
    /// The kind of worker.
    public let type: String
    /// The place in the tree.
    public let path: String
}

/// The desired document of a worker, as it is read back.
public struct DesiredHeader: Sendable, Equatable, Codable {
    /// What the child should do as far as its operator is concerned: a stop outlives the gateway.
    public let state: DesiredState
}

/// The desired document of a worker, as it is written: the header, and what the worker derived.
struct DesiredRecord: Encodable, Sendable {
    private enum CodingKeys: CodingKey {
        case state
        case desired
    }

    let state: DesiredState
    let desired: any Encodable & Sendable

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try desired.encode(to: container.superEncoder(forKey: .desired))
    }
}

/// What earlier runs of the gateway have left in the store that this one goes on with.
struct SavedTree: Sendable {
    /// The highest number that a supervisor instance ever had.
    var lastInstance: UInt64 = 0
    /// The workers that an operator has stopped.
    var held: Set<WorkerKey> = []
    /// All workers that have documents.
    var known: Set<WorkerKey> = []

    init() {}

    /// Reads what was left.
    init(from store: any TriangularStore) async throws {
        for document in try await store.documents(.identity, as: IdentityDocument.self) {
            lastInstance = max(lastInstance, document.content.instance)
            known.insert(document.key)
        }
        for document in try await store.documents(.desired, as: DesiredHeader.self) {
            known.insert(document.key)
            if document.content.state == .stopped { held.insert(document.key) }
        }
    }
}

extension WorkerIdentity {
    /// The key of the worker's documents.
    public var key: WorkerKey { WorkerKey(type: type, path: path) }

    /// The worker's identity document.
    var document: Document {
        Document(
            .identity,
            of: key,
            IdentityDocument(instance: id.number, type: type.description, path: path.description)
        )
    }
}
