/// A named number in the file, with a checksum.
struct Mark {
    let name: String
    let value: Int64

    /// Writes the mark in place of the earlier one of its name.
    func write(on connection: SQLiteConnection) throws(StoreError) {
        let update = "UPDATE mark SET value = ?2, checksum = ?3 WHERE name = ?1"
        try connection.statement(update).run(.text(name), .integer(value), .integer(checksum))
        if connection.changedRows == 0 {
            let insert = "INSERT INTO mark (name, value, checksum) VALUES (?1, ?2, ?3)"
            try connection.statement(insert).run(.text(name), .integer(value), .integer(checksum))
        }
    }

    /// Reads all marks.
    ///
    /// - Throws: `corrupt` where a mark is damaged or there twice.
    static func all(on connection: SQLiteConnection) throws(StoreError) -> [String: Int64] {
        var values: [String: Int64] = [:]
        try connection.statement("SELECT name, value, checksum FROM mark").forEachRow { (row) throws(StoreError) in
            let mark = Mark(name: try row.text(0), value: try row.integer(1))
            guard try row.integer(2) == mark.checksum, values.updateValue(mark.value, forKey: mark.name) == nil else {
                throw StoreError(.corrupt, "a mark of the store is damaged")
            }
        }
        return values
    }

    private var checksum: Int64 {
        var crc = CRC64()
        crc.add(field: Array(name.utf8))
        crc.add(value)
        return Int64(bitPattern: crc.value)
    }
}
