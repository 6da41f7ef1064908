import Supervision

/// A document as it stands in the file.
struct StoredRow: Equatable {
    /// The row's number in the table, which is its address and nothing else.
    let row: Int64
    let id: DocumentID
    let syncID: Int64
    let changedAt: Duration
    let body: [UInt8]
}

/// What a row of documents holds beside its number and its checksum.
struct RowContent: Equatable {
    /// What may be in the file once.
    struct Key: Hashable {
        let prefix: String
        let id: DocumentID
    }

    let prefix: String
    let id: DocumentID
    let syncID: Int64
    /// Nanoseconds since 1970.
    let changedAt: Int64
    let body: [UInt8]

    /// What may be in the file once.
    var key: Key { Key(prefix: prefix, id: id) }

    /// The checksum that the file keeps beside the row.
    ///
    /// SQLite notices damage of its own structures, but not of the bytes of a value.
    var checksum: Int64 {
        var crc = CRC64()
        crc.add(field: Array(prefix.utf8))
        crc.add(field: Array(id.kind.rawValue.utf8))
        crc.add(field: Array(id.key.type.description.utf8))
        crc.add(field: Array(id.key.path.description.utf8))
        crc.add(syncID)
        crc.add(changedAt)
        crc.add(field: body)
        return Int64(bitPattern: crc.value)
    }
}

extension Duration {
    /// Whole nanoseconds, saturated at the ends of `Int64` (some 292 years).
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? (seconds < 0 ? .min : .max) : sum
    }
}
