/// SQLite's check of a file's structure.
///
/// `quick_check` reads every page and verifies the trees, the free list, the types and that no page or byte is
/// unaccounted for. It leaves out what `integrity_check` adds, the comparison of indexes with their tables, since the
/// store has no index; for the same reason both cost the same here: one read of the file, some 10 ms per megabyte on an
/// edge box. Bytes inside a value are beyond either check: the rows' checksums cover them.
struct IntegrityCheck {
    private let connection: SQLiteConnection
    private let path: String

    init(_ connection: SQLiteConnection, path: String) {
        self.connection = connection
        self.path = path
    }

    /// Runs the check.
    ///
    /// - Throws: `corrupt` with the first finding.
    func run() throws(StoreError) {
        var finding: String?
        try connection.statement("PRAGMA quick_check(1)").forEachRow { (row) throws(StoreError) in
            finding = try row.text(0)
        }
        if let finding, finding != "ok" {
            throw StoreError(.corrupt, "\(path) fails its check", cause: .finding(finding))
        }
    }
}
