import CSQLite

/// A connection to one database file.
///
/// Belongs to one thread at a time and blocks it: opened without SQLite's own mutexes.
final class SQLiteConnection {
    /// What a connection is opened for.
    enum Access {
        /// Reads and writes; the file must exist.
        case readWrite
        /// Reads a file that nobody is writing to, without locks and without its write-ahead log.
        case immutable
        /// A database in memory.
        case memory
    }

    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - access: what it is opened for.
    /// - Throws: `unavailable`.
    init(path: String, access: Access) throws(StoreError) {
        var handle: OpaquePointer?
        let result = sqlite3_open_v2(Self.name(path, access), &handle, Self.flags(access), nil)
        guard let handle else {
            throw StoreError(.unavailable, "there is no memory to open \(path); free some")
        }
        guard result == SQLITE_OK else {
            defer { sqlite3_close_v2(handle) }
            throw Self.failure(result, of: handle, running: "open")
        }
        sqlite3_extended_result_codes(handle, 1)
        self.handle = handle
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Whether the file cannot be written to, although it was opened for that.
    var isReadOnly: Bool {
        sqlite3_db_readonly(handle, "main") == 1
    }

    /// Whether the path names another file, or none, by now.
    var hasMoved: Bool {
        var hasMoved: Int32 = 0
        // Where the file system cannot tell, the file counts as unmoved: a write will show what is wrong.
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return hasMoved != 0
    }

    /// The number of the row that was inserted last.
    var lastInsertedRow: Int64 {
        sqlite3_last_insert_rowid(handle)
    }

    /// How many rows the last statement changed.
    var changedRows: Int32 {
        sqlite3_changes(handle)
    }

    /// Says whether closing leaves the file and its log as they are, or copies the one into the other and deletes it.
    func keepLogWhenClosing(_ keeps: Bool) {
        // The only failure is an option that SQLite does not know, and releases since 3.16 (2017) know this one.
        _ = csqlite_keep_log_when_closing(handle, keeps ? 1 : 0)
    }

    /// Runs statements that return nothing of interest, separated by semicolons.
    func execute(_ sql: String) throws(StoreError) {
        let result = sqlite3_exec(handle, sql, nil, nil, nil)
        guard result == SQLITE_OK else { throw Self.failure(result, of: handle, running: sql) }
    }

    /// Returns the prepared form of a statement, made once per connection.
    func statement(_ sql: String) throws(StoreError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        let statement = try SQLiteStatement(sql, on: handle)
        statements[sql] = statement
        return statement
    }

    /// Runs a query for one integer; 0 where it has no row.
    func integer(_ sql: String) throws(StoreError) -> Int64 {
        var value: Int64 = 0
        try statement(sql).forEachRow { (row) throws(StoreError) in value = try row.integer(0) }
        return value
    }

    /// Runs a closure in a transaction that takes the write lock at once; rolled back where the closure throws.
    func transaction<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
        try statement("BEGIN IMMEDIATE").run()
        do throws(StoreError) {
            let value = try body()
            try statement("COMMIT").run()
            return value
        } catch {
            // After some failures SQLite has rolled back by itself, and the error at hand says more than a second one.
            if sqlite3_get_autocommit(handle) == 0 {
                sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
            }
            throw error
        }
    }

    /// Copies the write-ahead log into the file and empties it.
    func checkpoint() throws(StoreError) {
        let result = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard result == SQLITE_OK else { throw Self.failure(result, of: handle, running: "checkpoint") }
    }

    /// The pages that were written to the write-ahead log since the last call.
    func takeWrittenPages() -> Int {
        var count: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_WRITE, &count, &highest, 1)
        return Int(count)
    }

    /// The error of a failed call, with SQLite's own words.
    static func failure(_ result: Int32, of handle: OpaquePointer, running sql: String) -> StoreError {
        let path = sqlite3_db_filename(handle, "main").map { String(cString: $0) } ?? ""
        let code = StoreError.Code(resultCode: result)
        let remedy =
            switch code {
            case .corrupt: "the file is damaged"
            case .unavailable: "check that the disk has room, is writable and works"
            default: "report this as a defect"
            }
        return StoreError(
            code,
            "cannot run \"\(sql)\" on \(path); \(remedy)",
            cause: .database(resultCode: result, text: String(cString: sqlite3_errmsg(handle)))
        )
    }

    private static func flags(_ access: Access) -> Int32 {
        switch access {
        case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
        case .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY
        }
    }

    private static func name(_ path: String, _ access: Access) -> String {
        switch access {
        case .readWrite, .memory: path
        case .immutable: "file:\(percentEncoded(path))?immutable=1"
        }
    }

    /// Escapes everything that could have a meaning in a URI.
    private static func percentEncoded(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                text.append(byte)
            default:
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
