/// Finished lines one after the other, each with its journal entry before its text.
struct LogBatch {
    /// Where a line is.
    struct Place {
        /// Bytes of the journal's entry, which come first.
        let entryCount: Int
        /// The index after the line.
        let end: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var places: [Place] = []

    var isEmpty: Bool { places.isEmpty }

    mutating func append(_ line: FinishedLine) {
        bytes.append(contentsOf: line.entry)
        bytes.append(contentsOf: line.text)
        places.append(Place(entryCount: line.entry.count, end: bytes.count))
    }

    /// The number of lines that do not end within the first `written` bytes; a line written in part is a lost line.
    func lines(after written: Int) -> UInt64 {
        UInt64(places.count { $0.end > written })
    }
}
