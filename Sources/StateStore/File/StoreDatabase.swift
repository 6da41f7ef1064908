import CSQLite
import Supervision

/// The open file of one store.
///
/// Belongs to the store's thread and blocks it.
final class StoreDatabase {
    /// What a file held when it was opened.
    struct Content {
        let rows: [StoredRow]
        /// The highest sync id that is in use or reserved.
        let usedSyncID: Int64
    }

    /// What a write left behind.
    struct Receipt {
        /// The rows of documents that had none before.
        let insertedRows: [DocumentID: Int64]
        let bytes: Int
    }

    /// How many pages the log may have before it is copied into the file.
    ///
    /// A page that changes often is written to the log each time and to its place in the file once per checkpoint, so a
    /// longer log means fewer writes; 1,000 pages (4 MiB) is SQLite's own default and a small price on a flash of
    /// gigabytes. The log is not cut after a checkpoint but written again from its start, which spares the flash the
    /// metadata of growing a file.
    private static let logPages = 1000
    private static let pageSize = 4096
    private static let frameHeaderSize = 24
    private static let headerSize = 100

    private let connection: SQLiteConnection
    private let paths: StorePaths
    private let prefix: String
    private let written = WrittenBytes()

    /// Opens a file, and creates, checks and migrates it as needed.
    ///
    /// - Parameters:
    ///   - paths: where it is.
    ///   - prefix: whose documents are wanted.
    /// - Throws: `newerSchema` and `foreignFile`, having changed nothing; `corrupt`; `unavailable`.
    init(_ paths: StorePaths, prefix: String) throws(StoreError) {
        self.paths = paths
        self.prefix = prefix
        try Self.requirePlausibleSize(paths)
        do throws(StoreError) {
            try Self.requireKnownSchema(paths)
            try paths.create()
            connection = try SQLiteConnection(path: paths.file, access: .readWrite)
            connection.keepLogWhenClosing(true)
            try Self.configure(connection)
            try Self.requireWritable(connection, paths)
            try IntegrityCheck(connection, path: paths.file).run()
            try StoreSchema.migrate(connection, from: StoreSchema.version(of: connection, path: paths.file))
            try StoreSchema.verify(connection, path: paths.file)
        } catch {
            guard error.code == .refused else { throw error }
            // All statements above are constants, so only the file can be the reason.
            throw StoreError(.corrupt, error.message, cause: error.cause)
        }
    }

    /// Reads the documents of the prefix, and verifies the checksums of all rows, also of other prefixes.
    ///
    /// - Throws: `corrupt` for a row whose checksum does not match, and for a document that is there twice.
    func load() throws(StoreError) -> Content {
        var rows: [StoredRow] = []
        var ids: Set<RowContent.Key> = []
        var highest = try Mark.all(on: connection)[reservationMark] ?? 0
        let sql = """
            SELECT row, prefix, kind, worker_type, worker_path, sync_id, changed_at, body, checksum FROM document
            """
        try connection.statement(sql).forEachRow { (row) throws(StoreError) in
            let content = try Self.content(of: row, path: paths.file)
            guard try row.integer(8) == content.checksum, ids.insert(content.key).inserted else {
                throw StoreError(.corrupt, "row \(try row.integer(0)) of \(paths.file) is damaged")
            }
            guard content.prefix == prefix else { return }
            highest = max(highest, content.syncID)
            rows.append(
                StoredRow(
                    row: try row.integer(0),
                    id: content.id,
                    syncID: content.syncID,
                    changedAt: .nanoseconds(content.changedAt),
                    body: content.body
                )
            )
        }
        return Content(rows: rows, usedSyncID: highest)
    }

    /// Writes in one transaction, which is on disk when the call returns.
    ///
    /// - Parameters:
    ///   - plan: the rows to write and to delete.
    ///   - reservation: up to which sync id to reserve, if at all.
    /// - Returns: the new rows, and what reached the file system.
    /// - Throws: `moved` where the path names another file by now; `corrupt`, `unavailable`.
    func write(_ plan: WritePlan, reservation: Int64?) throws(StoreError) -> Receipt {
        guard !connection.hasMoved else {
            throw StoreError(.moved, "\(paths.file) was moved or deleted; it is written anew from memory")
        }
        let before = written.sinceThreadStart()
        _ = connection.takeWrittenPages()
        let insertedRows = try connection.transaction { () throws(StoreError) in
            var insertedRows: [DocumentID: Int64] = [:]
            for row in plan.deletions {
                try connection.statement("DELETE FROM document WHERE row = ?1").run(.integer(row))
            }
            for put in plan.puts {
                let row = try write(put)
                if put.row == nil { insertedRows[put.id] = row }
            }
            if let reservation { try Mark(name: reservationMark, value: reservation).write(on: connection) }
            return insertedRows
        }
        return Receipt(insertedRows: insertedRows, bytes: bytes(since: before))
    }

    /// Copies the log into the file, which is then complete by itself; the log goes with this object.
    ///
    /// Without this call the end of the object leaves the file and its log as they are, for a look at the damage.
    func close() throws(StoreError) {
        try connection.checkpoint()
        connection.keepLogWhenClosing(false)
    }

    private var reservationMark: String { "sync_id:" + prefix }

    private func write(_ put: WritePlan.Put) throws(StoreError) -> Int64 {
        let content = RowContent(
            prefix: prefix,
            id: put.id,
            syncID: put.syncID,
            changedAt: put.changedAt.nanoseconds,
            body: put.body
        )
        if let row = put.row {
            let sql = "UPDATE document SET sync_id = ?2, changed_at = ?3, body = ?4, checksum = ?5 WHERE row = ?1"
            try connection.statement(sql).run(
                .integer(row), .integer(content.syncID), .integer(content.changedAt), .text(content.body),
                .integer(content.checksum)
            )
            guard connection.changedRows == 1 else {
                throw StoreError(.corrupt, "row \(row) of \(paths.file) has vanished")
            }
            return row
        }
        let sql = """
            INSERT INTO document (prefix, kind, worker_type, worker_path, sync_id, changed_at, body, checksum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """
        try connection.statement(sql).run(
            .text(prefix), .text(put.id.kind.rawValue), .text(put.id.key.type.description),
            .text(put.id.key.path.description), .integer(content.syncID), .integer(content.changedAt),
            .text(content.body), .integer(content.checksum)
        )
        return connection.lastInsertedRow
    }

    private func bytes(since before: Int?) -> Int {
        let pages = connection.takeWrittenPages()
        guard let before, let after = written.sinceThreadStart() else {
            return pages * (Self.pageSize + Self.frameHeaderSize)
        }
        return after - before
    }

    private static func content(of row: SQLiteStatement, path: String) throws(StoreError) -> RowContent {
        guard let kind = DocumentKind(rawValue: try row.text(2)) else {
            throw StoreError(.corrupt, "row \(try row.integer(0)) of \(path) is no document")
        }
        let key = WorkerKey(type: WorkerType(try row.text(3)), path: HierarchyPath(root: try row.text(4)))
        return RowContent(
            prefix: try row.text(1),
            id: DocumentID(kind, of: key),
            syncID: try row.integer(5),
            changedAt: try row.integer(6),
            body: try row.bytes(7)
        )
    }

    /// Notices what SQLite would take for a database that has just been created.
    private static func requirePlausibleSize(_ paths: StorePaths) throws(StoreError) {
        let size = StorePaths.size(of: paths.file) ?? 0
        if size == 0, StorePaths.size(of: paths.log) ?? 0 > 0 {
            // SQLite would delete the log, which may hold everything.
            throw StoreError(.corrupt, "\(paths.file) is empty or gone, although it has a log")
        }
        if (1..<headerSize).contains(size) {
            throw StoreError(.corrupt, "\(paths.file) is shorter than the header of a database")
        }
    }

    /// Looks at a file that may be none of ours in a way that leaves it byte for byte as it is.
    private static func requireKnownSchema(_ paths: StorePaths) throws(StoreError) {
        guard StorePaths.size(of: paths.file) ?? 0 > 0 else { return }
        // Without a log, nothing beside the file needs to be touched to read it. With one, the log must be read, too.
        let hasLog = StorePaths.size(of: paths.log) ?? 0 > 0
        let connection = try SQLiteConnection(path: paths.file, access: hasLog ? .readWrite : .immutable)
        connection.keepLogWhenClosing(true)
        _ = try StoreSchema.version(of: connection, path: paths.file)
    }

    /// A database that SQLite will not write to although the system would has a damaged header.
    private static func requireWritable(_ connection: SQLiteConnection, _ paths: StorePaths) throws(StoreError) {
        guard connection.isReadOnly else { return }
        guard !paths.isWritable else {
            throw StoreError(.corrupt, "the header of \(paths.file) forbids writing")
        }
        throw StoreError(.unavailable, "\(paths.file) is read-only; check the mount and the permissions")
    }

    /// Sets how the connection works.
    ///
    /// FULL makes a commit durable before it returns, at the price of one fsync of the log; a flush of observed
    /// documents comes twice a minute, so it does not need a cheaper way. The cache is small because nothing is read
    /// twice: all documents are in memory. Where the file system cannot do WAL, SQLite stays with its rollback journal,
    /// which is as durable.
    private static func configure(_ connection: SQLiteConnection) throws(StoreError) {
        for setting in [
            "busy_timeout = 2000", "journal_mode = WAL", "synchronous = FULL",
            "wal_autocheckpoint = \(logPages)", "journal_size_limit = \(logPages * pageSize)",
            "cache_size = -512", "cell_size_check = ON", "trusted_schema = OFF",
        ] {
            try connection.execute("PRAGMA \(setting)")
        }
    }
}
