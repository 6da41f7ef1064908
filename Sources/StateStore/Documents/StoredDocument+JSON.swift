import Supervision

extension StoredDocument<[UInt8]> {
    /// The document with its JSON as text.
    var text: StoredDocument<String> {
        replacing(String(decoding: content, as: UTF8.self))
    }

    /// The document with its JSON read as a type.
    ///
    /// - Throws: `undecodableDocument`, which names the document.
    func decoded<Other: Decodable & Sendable>(as type: Other.Type) throws(StoreError) -> StoredDocument<Other> {
        replacing(try DocumentCoder.decode(type, from: content, of: DocumentID(kind, of: key)))
    }

    private func replacing<Other: Sendable>(_ content: Other) -> StoredDocument<Other> {
        StoredDocument<Other>(key: key, kind: kind, content: content, syncID: syncID, changedAt: changedAt)
    }
}
