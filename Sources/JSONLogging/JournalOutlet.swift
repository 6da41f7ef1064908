/// The way of lines to a journal's socket, and to a descriptor while nobody listens there.
struct JournalOutlet {
    private let journal: JournalSocket
    private let stream: StreamOutlet
    private let isClosed: () -> Bool

    /// - Parameters:
    ///   - socket: where the journal listens.
    ///   - stream: takes a line that the journal cannot be given.
    ///   - isClosed: whether waiting has lost its sense.
    init(socket: String, stream: StreamOutlet, isClosed: @escaping () -> Bool) {
        journal = JournalSocket(path: socket)
        self.stream = stream
        self.isClosed = isClosed
    }

    /// Writes lines in order; returns the end of the last one that was written.
    func write(_ bytes: UnsafeRawBufferPointer, _ places: [LogBatch.Place]) -> Int {
        var written = 0
        for place in places {
            let entry = UnsafeRawBufferPointer(rebasing: bytes[written..<(written + place.entryCount)])
            let text = UnsafeRawBufferPointer(rebasing: bytes[(written + place.entryCount)..<place.end])
            guard write(entry, orText: text) else { return written }
            written = place.end
        }
        return written
    }

    private func write(_ entry: UnsafeRawBufferPointer, orText text: UnsafeRawBufferPointer) -> Bool {
        while true {
            switch journal.send(entry) {
            case .sent: return true
            case .unreachable: return stream.write(text) == text.count
            case .full:
                journal.awaitRoom(milliseconds: StreamOutlet.pollMilliseconds)
                if isClosed() { return false }
            }
        }
    }
}
