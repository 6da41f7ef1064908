import Supervision

/// Which document of which worker: the key of everything in the store.
struct DocumentID: Hashable, Sendable, CustomStringConvertible {
    let key: WorkerKey
    let kind: DocumentKind

    init(_ kind: DocumentKind, of key: WorkerKey) {
        self.key = key
        self.kind = kind
    }

    /// The ids of all documents of a worker.
    static func all(of key: WorkerKey) -> [DocumentID] {
        DocumentKind.allCases.map { DocumentID($0, of: key) }
    }

    /// The text for logs and messages.
    var description: String {
        "the \(kind) document of \(key.type) \(key.path)"
    }
}

extension Document {
    /// Where the document belongs.
    var id: DocumentID {
        DocumentID(kind, of: key)
    }
}
