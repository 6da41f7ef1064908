import Supervision

/// The rows that one transaction writes and deletes.
struct WritePlan: Equatable {
    /// A document to write.
    struct Put: Equatable {
        let id: DocumentID
        /// The row to overwrite; nil for a new one.
        let row: Int64?
        let syncID: Int64
        let changedAt: Duration
        let body: [UInt8]
    }

    let puts: [Put]
    let deletions: [Int64]

    /// Whether there is nothing to do.
    var isEmpty: Bool { puts.isEmpty && deletions.isEmpty }
    /// How many documents it concerns.
    var count: Int { puts.count + deletions.count }
}
