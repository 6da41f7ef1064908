import CSQLite

/// A prepared statement, kept for being run again.
///
/// Belongs to the thread of its connection. Columns are read strictly: a value of another type than the schema's means
/// a damaged file.
final class SQLiteStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let sql: String

    init(_ sql: String, on connection: OpaquePointer) throws(StoreError) {
        var handle: OpaquePointer?
        let result = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard result == SQLITE_OK, let handle else {
            throw SQLiteConnection.failure(result, of: connection, running: sql)
        }
        self.handle = handle
        self.connection = connection
        self.sql = sql
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Runs the statement to its end.
    func run(_ values: SQLiteValue...) throws(StoreError) {
        try forEachRow(values) { (_) throws(StoreError) in }
    }

    /// Runs the statement and hands over every row; the columns are read from the statement while the closure runs.
    func forEachRow(
        _ values: [SQLiteValue] = [],
        _ body: (SQLiteStatement) throws(StoreError) -> Void
    ) throws(StoreError) {
        // What reset returns is the error of the last step, which has been thrown already.
        defer { sqlite3_reset(handle) }
        try bind(values)
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try body(self)
            case SQLITE_DONE: return
            case let result: throw SQLiteConnection.failure(result, of: connection, running: sql)
            }
        }
    }

    /// Reads an integer of the current row.
    func integer(_ column: Int32) throws(StoreError) -> Int64 {
        guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { throw wrongType(column) }
        return sqlite3_column_int64(handle, column)
    }

    /// Reads the bytes of a text of the current row.
    func bytes(_ column: Int32) throws(StoreError) -> [UInt8] {
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT else { throw wrongType(column) }
        guard let start = sqlite3_column_text(handle, column) else { return [] }
        return Array(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// Reads a text of the current row.
    func text(_ column: Int32) throws(StoreError) -> String {
        String(decoding: try bytes(column), as: UTF8.self)
    }

    private func bind(_ values: [SQLiteValue]) throws(StoreError) {
        for (index, value) in zip(Int32(1)..., values) {
            let result =
                switch value {
                case .integer(let number): sqlite3_bind_int64(handle, index, number)
                case .text(let bytes): Self.bind(bytes, to: handle, at: index)
                }
            guard result == SQLITE_OK else {
                throw SQLiteConnection.failure(result, of: connection, running: sql)
            }
        }
    }

    private static func bind(_ bytes: [UInt8], to handle: OpaquePointer, at index: Int32) -> Int32 {
        // An empty array may have no address, which SQLite would take for NULL.
        guard !bytes.isEmpty else { return csqlite_bind_text(handle, index, "", 0) }
        return bytes.withUnsafeBytes { buffer in
            csqlite_bind_text(handle, index, buffer.bindMemory(to: CChar.self).baseAddress, UInt64(buffer.count))
        }
    }

    private func wrongType(_ column: Int32) -> StoreError {
        StoreError(.corrupt, "column \(column) of \"\(sql)\" holds a value of another type than its schema says")
    }
}
