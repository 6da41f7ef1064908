/// Which of the three documents of a worker.
public enum DocumentKind: String, Sendable, Hashable, CaseIterable {
    /// Who the worker is.
    case identity
    /// What the worker should be.
    case desired
    /// What was last seen of the worker.
    case observed
}

/// Whose documents they are: the worker type, and the worker's place in the tree as its id.
public struct WorkerKey: Hashable, Sendable {
    /// The kind of worker.
    public let type: WorkerType
    /// The worker's place, which stays the same when its supervisor is replaced.
    public let path: HierarchyPath

    /// Creates a key.
    public init(type: WorkerType, path: HierarchyPath) {
        self.type = type
        self.path = path
    }
}

/// A document on its way into the store, which turns the content into JSON.
public struct Document: Sendable {
    /// Whose document it is.
    public let key: WorkerKey
    /// Which of the three it is.
    public let kind: DocumentKind
    /// What it says.
    public let content: any Encodable & Sendable

    /// Creates a document.
    public init(_ kind: DocumentKind, of key: WorkerKey, _ content: any Encodable & Sendable) {
        self.key = key
        self.kind = kind
        self.content = content
    }
}

/// A change that must not be lost.
public enum StoreChange: Sendable {
    /// Takes the place of the earlier document of the same key and kind.
    case put(Document)
    /// Takes all three documents of a worker away.
    case remove(WorkerKey)
}

/// What became of changes that were handed to the store.
public enum Durability: Sendable, Equatable {
    /// They are on disk and survive a loss of power.
    case durable
    /// They are kept in memory only and are written once that works again; the text says what is in the way.
    case inMemory(String)
}

/// A document as the store has it.
public struct StoredDocument<Content: Sendable>: Sendable {
    /// Whose document it is.
    public let key: WorkerKey
    /// Which of the three it is.
    public let kind: DocumentKind
    /// What it says.
    public let content: Content
    /// Grows with every change in the store, so that a reader can ask what has changed since.
    public let syncID: Int64
    /// When it was changed last, since 1970.
    public let changedAt: Duration

    /// Creates a stored document.
    public init(key: WorkerKey, kind: DocumentKind, content: Content, syncID: Int64, changedAt: Duration) {
        self.key = key
        self.kind = kind
        self.content = content
        self.syncID = syncID
        self.changedAt = changedAt
    }
}

/// Keeps the three documents of every worker.
public protocol TriangularStore: Sendable {
    /// Writes changes in one transaction, in their order.
    ///
    /// Returns when they are on disk, or when it is clear that they cannot be for now; never fails for a full disk.
    ///
    /// - Parameter changes: what to write.
    /// - Returns: what became of them.
    func commit(_ changes: [StoreChange]) async -> Durability

    /// Takes over what was observed: readers see it at once, the disk gets it later.
    ///
    /// Callable from any thread; never blocks and does no I/O.
    ///
    /// - Parameters:
    ///   - document: what was observed.
    ///   - isUrgent: whether the worker's state has changed, so that the disk should get it soon.
    func note(_ document: Document, isUrgent: Bool)

    /// Reads all documents of one kind.
    ///
    /// - Parameters:
    ///   - kind: which of the three.
    ///   - type: what to read each one as.
    /// - Returns: the documents in the order of their sync ids.
    /// - Throws: an error that names the document when one cannot be read as the type.
    func documents<Content: Decodable & Sendable>(
        _ kind: DocumentKind,
        as type: Content.Type
    ) async throws -> [StoredDocument<Content>]

    /// Reads what has changed since a sync id, as JSON.
    ///
    /// - Parameters:
    ///   - syncID: the last one that the reader has seen; 0 for everything.
    ///   - limit: how many documents at most; ask again with the last one's id for more.
    /// - Returns: the documents in the order of their sync ids.
    /// - Throws: an error of the store.
    func changes(since syncID: Int64, limit: Int) async throws -> [StoredDocument<String>]
}
