/// One step from a schema to the next; there is no way back.
struct Migration {
    /// The schema's number after the step.
    let version: Int64
    /// What turns the schema before into it.
    let statements: [String]
}

/// The schema of the file and how a file tells which one it has.
///
/// The number stands in two places: SQLite's `user_version`, and a mark with a checksum. A file whose number is higher
/// than this release knows is only believed to be newer when both agree; otherwise its header is damaged. Every later
/// schema therefore keeps the table `mark`.
enum StoreSchema {
    /// "GWST", which tells file(1) and us whose database it is.
    static let applicationID: Int64 = 0x4757_5354
    /// The name of the mark that holds the schema's number.
    static let versionMark = "schema"

    /// All steps, the oldest first.
    ///
    /// Neither table has an index: the store keeps all documents in memory with their row numbers, so that a change
    /// writes one page, and there is no second copy of the keys that could disagree with the first.
    static let migrations = [
        Migration(
            version: 1,
            statements: [
                """
                CREATE TABLE mark (
                    row INTEGER PRIMARY KEY, name TEXT NOT NULL, value INTEGER NOT NULL, checksum INTEGER NOT NULL
                ) STRICT
                """,
                """
                CREATE TABLE document (
                    row INTEGER PRIMARY KEY, prefix TEXT NOT NULL, kind TEXT NOT NULL, worker_type TEXT NOT NULL,
                    worker_path TEXT NOT NULL, sync_id INTEGER NOT NULL, changed_at INTEGER NOT NULL,
                    body TEXT NOT NULL, checksum INTEGER NOT NULL
                ) STRICT
                """,
            ]
        )
    ]

    /// The schema that this release writes.
    static var current: Int64 { migrations.last?.version ?? 0 }

    /// Finds out which schema a file has, without changing anything.
    ///
    /// - Parameters:
    ///   - connection: the open file.
    ///   - path: the file, for the error.
    /// - Returns: the schema's number; 0 for a database without anything in it.
    /// - Throws: `newerSchema`, `foreignFile`, `corrupt`, or what reading it throws.
    static func version(of connection: SQLiteConnection, path: String) throws(StoreError) -> Int64 {
        let application = try connection.integer("PRAGMA application_id")
        let declared = try connection.integer("PRAGMA user_version")
        let objects = try connection.integer("SELECT count(*) FROM sqlite_schema")
        if objects == 0, application == 0, declared == 0 { return 0 }
        let marked = try markedVersion(on: connection)
        guard application == applicationID || marked != nil else {
            throw StoreError(.foreignFile, "\(path) is a database of another program; choose another data directory")
        }
        guard let marked, marked == declared, application == applicationID else {
            throw StoreError(.corrupt, "the header of \(path) contradicts its content")
        }
        guard marked <= current else {
            throw StoreError(
                .newerSchema,
                """
                \(path) has schema \(marked), this release knows \(current) at most; \
                install the newer release again, or move the file away to begin without it
                """
            )
        }
        return marked
    }

    /// Brings a file from an older schema to the current one, in one transaction.
    static func migrate(_ connection: SQLiteConnection, from version: Int64) throws(StoreError) {
        guard version < current else { return }
        try connection.transaction { () throws(StoreError) in
            for migration in migrations where migration.version > version {
                for statement in migration.statements { try connection.execute(statement) }
            }
            try connection.execute("PRAGMA application_id = \(applicationID)")
            try connection.execute("PRAGMA user_version = \(current)")
            try Mark(name: versionMark, value: current).write(on: connection)
        }
    }

    /// Requires that every object of the schema is in the file exactly as a fresh file has it.
    ///
    /// Objects that somebody else added, such as an index of an operator, are none of the store's business.
    ///
    /// - Throws: `corrupt`, which names the object.
    static func verify(_ connection: SQLiteConnection, path: String) throws(StoreError) {
        let fresh = try SQLiteConnection(path: ":memory:", access: .memory)
        for migration in migrations {
            for statement in migration.statements { try fresh.execute(statement) }
        }
        let found = try objects(of: connection)
        for (name, text) in try objects(of: fresh) where found[name] != text {
            throw StoreError(.corrupt, "\(name) is missing in the schema of \(path), or is another")
        }
    }

    private static func objects(of connection: SQLiteConnection) throws(StoreError) -> [String: [UInt8]] {
        var objects: [String: [UInt8]] = [:]
        let sql = "SELECT type || ' ' || name || ' of ' || tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        try connection.statement(sql).forEachRow { (row) throws(StoreError) in
            objects[try row.text(0)] = try row.bytes(1)
        }
        return objects
    }

    private static func markedVersion(on connection: SQLiteConnection) throws(StoreError) -> Int64? {
        do throws(StoreError) {
            return try Mark.all(on: connection)[versionMark]
        } catch {
            // Without the table, or with rows that are not marks, it is another program's file or a damaged one.
            guard error.code == .refused || error.code == .corrupt else { throw error }
            return nil
        }
    }
}
