import Supervision

/// All documents of a store in memory, and how the file differs from them.
struct StoreImage {
    /// What the file has of a document.
    private enum Copy {
        case none
        case same(row: Int64)
        case older(row: Int64, body: [UInt8])

        var row: Int64? {
            switch self {
            case .none: nil
            case .same(let row), .older(let row, _): row
            }
        }
    }

    /// A document in memory.
    private struct Entry {
        var body: [UInt8]
        var syncID: Int64
        var changedAt: Duration
        var copy: Copy
    }

    /// Whether the file's documents are in memory.
    private enum Knowledge {
        /// The file could not be read so far; these workers were removed meanwhile.
        case withoutFile(removed: Set<WorkerKey>)
        case complete
    }

    /// The documents that the file does not have, or has differently.
    private(set) var dirty: Set<DocumentID> = []
    private var entries: [DocumentID: Entry] = [:]
    /// Rows that the file has and should not.
    private var orphans: Set<Int64> = []
    private var knowledge = Knowledge.withoutFile(removed: [])

    /// The number of documents.
    var count: Int { entries.count }

    /// Takes over a document's JSON where it differs from the present one.
    mutating func put(_ id: DocumentID, _ body: [UInt8], at time: Duration, ids: inout SyncIDs) {
        guard let entry = entries[id] else {
            entries[id] = Entry(body: body, syncID: ids.next(), changedAt: time, copy: .none)
            dirty.insert(id)
            return
        }
        guard entry.body != body else { return }
        let copy: Copy =
            switch entry.copy {
            case .none: .none
            case .same(let row): .older(row: row, body: entry.body)
            // What was observed and is as it was written before needs no write; see `adopt` for its sync id.
            case .older(let row, let written) where id.kind == .observed && written == body: .same(row: row)
            case .older(let row, let written): .older(row: row, body: written)
            }
        entries[id] = Entry(body: body, syncID: ids.next(), changedAt: time, copy: copy)
        if case .same = copy { dirty.remove(id) } else { dirty.insert(id) }
    }

    /// Takes all documents of a worker away.
    mutating func remove(_ key: WorkerKey) {
        for id in DocumentID.all(of: key) {
            if let row = entries.removeValue(forKey: id)?.copy.row { orphans.insert(row) }
            dirty.remove(id)
        }
        if case .withoutFile(let removed) = knowledge {
            knowledge = .withoutFile(removed: removed.union([key]))
        }
    }

    /// Compares the documents with those of a file that was opened.
    ///
    /// What is in memory wins. The first file brings its documents along; a later one is a copy of the memory that was
    /// lost from sight for a while, and what it has beyond that is deleted. Observed documents that come from a file get
    /// new sync ids: later versions of them, which never reached the disk, may have been seen by a reader, who would
    /// otherwise believe in them for ever.
    ///
    /// - Parameters:
    ///   - rows: the documents of the file.
    ///   - ids: gives the new sync ids.
    ///   - used: the highest sync id that was used before this store began.
    mutating func adopt(_ rows: [StoredRow], ids: inout SyncIDs, usedBefore used: Int64) {
        orphans = []
        dirty = Set(entries.keys)
        for id in dirty { entries[id]?.copy = .none }
        for row in rows.sorted(by: { $0.syncID < $1.syncID }) { adopt(row, ids: &ids) }
        if case .withoutFile = knowledge {
            // Handed out before the file told which ids are behind it.
            let early = entries.filter { dirty.contains($0.key) && $0.value.syncID <= used }
            for (id, _) in early.sorted(by: { $0.value.syncID < $1.value.syncID }) { entries[id]?.syncID = ids.next() }
        }
        knowledge = .complete
    }

    /// What to write so that the file has some documents as they are; removed ones always go along.
    ///
    /// - Parameter scope: which documents; nil for all.
    /// - Returns: the rows to write and to delete.
    func plan(_ scope: Set<DocumentID>? = nil) -> WritePlan {
        let wanted = scope.map(dirty.intersection) ?? dirty
        let puts = wanted.compactMap { id in
            entries[id].map { entry in
                WritePlan.Put(
                    id: id,
                    row: entry.copy.row,
                    syncID: entry.syncID,
                    changedAt: entry.changedAt,
                    body: entry.body
                )
            }
        }
        return WritePlan(puts: puts.sorted { $0.syncID < $1.syncID }, deletions: orphans.sorted())
    }

    /// Takes note that a plan is on disk.
    mutating func wrote(_ plan: WritePlan, insertedRows: [DocumentID: Int64]) {
        orphans.subtract(plan.deletions)
        for put in plan.puts {
            guard let row = put.row ?? insertedRows[put.id] else { continue }
            entries[put.id]?.copy = .same(row: row)
            dirty.remove(put.id)
        }
    }

    /// The documents of one kind, in the order of their sync ids.
    func documents(_ kind: DocumentKind) -> [StoredDocument<[UInt8]>] {
        select { id, _ in id.kind == kind }
    }

    /// The documents that changed after a sync id, in the order of their sync ids.
    func changes(since syncID: Int64, limit: Int) -> [StoredDocument<[UInt8]>] {
        Array(select { _, entry in entry.syncID > syncID }.prefix(max(limit, 0)))
    }

    private mutating func adopt(_ row: StoredRow, ids: inout SyncIDs) {
        if let entry = entries[row.id] {
            let isSame = entry.body == row.body && (entry.syncID == row.syncID || row.id.kind == .observed)
            entries[row.id]?.copy = isSame ? .same(row: row.row) : .older(row: row.row, body: row.body)
            if isSame { dirty.remove(row.id) }
            return
        }
        guard case .withoutFile(let removed) = knowledge, !removed.contains(row.id.key) else {
            orphans.insert(row.row)
            return
        }
        entries[row.id] = Entry(
            body: row.body,
            syncID: row.id.kind == .observed ? ids.next() : row.syncID,
            changedAt: row.changedAt,
            copy: .same(row: row.row)
        )
    }

    private func select(_ isWanted: (DocumentID, Entry) -> Bool) -> [StoredDocument<[UInt8]>] {
        entries.filter { isWanted($0.key, $0.value) }
            .map { id, entry in
                StoredDocument(
                    key: id.key,
                    kind: id.kind,
                    content: entry.body,
                    syncID: entry.syncID,
                    changedAt: entry.changedAt
                )
            }
            .sorted { $0.syncID < $1.syncID }
    }
}
