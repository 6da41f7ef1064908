import Supervision

/// All of a store that happens on its own thread: encoding, transactions, repairs.
///
/// Every method runs to its end without suspending, so that jobs follow each other as they were asked for.
actor StoreEngine {
    /// How the store and its file get on.
    private enum Health {
        case working
        /// The file was opened anew and may lack more than what is asked to be written.
        case catchingUp
        case degraded(String)
        case closed
    }

    /// What came of a write.
    private enum Outcome {
        case nothingToWrite
        case written(documents: Int, bytes: Int, duration: Duration)
        case failed(String)
    }

    /// How often a file is repaired and tried again before the store goes on in memory.
    private static let attempts = 3

    private let executor = StoreExecutor()
    private let paths: StorePaths
    private let prefix: String
    private let mailbox: StoreMailbox
    private let listener: (any StoreListener)?
    private let times: StoreTimes
    private var image = StoreImage()
    private var ids = SyncIDs()
    private var database: StoreDatabase?
    private var health = Health.working
    private var outcomes: [UInt64: Durability] = [:]

    init(settings: StoreSettings, mailbox: StoreMailbox, listener: (any StoreListener)?, times: StoreTimes) {
        paths = StorePaths(directory: settings.directory, fileName: settings.fileName)
        prefix = settings.prefix
        self.mailbox = mailbox
        self.listener = listener
        self.times = times
    }

    /// The thread of the store.
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the file, or begins in memory where that cannot be done for now.
    ///
    /// - Throws: `newerSchema` and `foreignFile`, having changed nothing.
    func start() throws(StoreError) {
        defer { publish() }
        ids.resume(after: 0, wallClock: times.wallClock())
        do throws(StoreError) {
            _ = try withDatabase { (_) throws(StoreError) in }
            health = .working
        } catch {
            switch error.code {
            case .newerSchema, .foreignFile: throw error
            case .invalidSettings, .corrupt, .moved, .unavailable, .refused, .unencodableDocument,
                .undecodableDocument:
                degrade(error)
            }
        }
    }

    /// Returns what became of a commit, after writing it together with all others that wait.
    func outcome(of ticket: UInt64) -> Durability {
        if outcomes[ticket] == nil { commitAll() }
        return outcomes.removeValue(forKey: ticket) ?? .inMemory("the store has lost the commit")
    }

    /// Writes observed documents behind.
    func flush(_ scope: WriteBehind.Scope) {
        defer { publish() }
        if case .closed = health { return }
        let outcome: Outcome
        switch scope {
        case .everything:
            settle(mailbox.takeNotes())
            outcome = write(nil)
        case .urgent(let documents):
            settle(mailbox.takeNotes(documents))
            outcome = write(documents)
        }
        if case .written(let documents, let bytes, let duration) = outcome {
            mailbox.update { $0.flushes += 1 }
            listener?.record(.flushed(documents: documents, bytes: bytes, duration: duration))
        }
    }

    /// All documents of one kind as they are now.
    func documents(_ kind: DocumentKind) -> [StoredDocument<[UInt8]>] {
        settleForReading()
        return image.documents(kind)
    }

    /// The documents that changed after a sync id, as they are now.
    func changes(since syncID: Int64, limit: Int) -> [StoredDocument<[UInt8]>] {
        settleForReading()
        return image.changes(since: syncID, limit: limit)
    }

    /// Writes everything and closes the file; later changes stay in memory.
    func close() -> Durability {
        defer { publish() }
        if case .closed = health { return .inMemory(Self.closedReason) }
        commitAll()
        flush(.everything)
        let durability: Durability = if case .degraded(let reason) = health { .inMemory(reason) } else { .durable }
        // A log that could not be copied stays beside the file and is read at the next opening.
        try? database?.close()
        database = nil
        health = .closed
        return durability
    }

    private static let closedReason = "the store is closed"

    private func commitAll() {
        defer { publish() }
        let batch = mailbox.takeCommits()
        guard !batch.isEmpty else { return }
        var touched: Set<DocumentID> = []
        var rejected: [UInt64: String] = [:]
        for commit in batch {
            for change in commit.changes {
                switch change {
                case .put(let document):
                    touched.insert(document.id)
                    if let reason = put(document, at: commit.at) { rejected[commit.ticket] = reason }
                case .remove(let key): image.remove(key)
                }
            }
        }
        let durability: Durability
        switch write(touched) {
        case .nothingToWrite: durability = .durable
        case .written(let documents, let bytes, let duration):
            durability = .durable
            listener?.record(.committed(documents: documents, bytes: bytes, duration: duration))
        case .failed(let reason): durability = .inMemory(reason)
        }
        for commit in batch {
            outcomes[commit.ticket] = rejected[commit.ticket].map { .inMemory($0) } ?? durability
        }
    }

    /// Takes over a document; returns why it cannot be, if so.
    private func put(_ document: Document, at time: Duration) -> String? {
        do throws(StoreError) {
            image.put(document.id, try DocumentCoder.encode(document), at: time, ids: &ids)
            return nil
        } catch {
            mailbox.update { $0.rejections += 1 }
            listener?.record(.rejected(document.key, document.kind, reason: error.description))
            return error.description
        }
    }

    private func settle(_ notes: [StoreMailbox.Note]) {
        for note in notes { _ = put(note.document, at: note.at) }
    }

    private func settleForReading() {
        defer { publish() }
        commitAll()
        let notes = mailbox.takeNotes()
        if !notes.isEmpty, !ids.covers(notes.count), case .working = health { reserve() }
        settle(notes)
    }

    /// Reserves sync ids on their own, for readers that see documents which are not written yet.
    private func reserve() {
        let target = ids.last + SyncIDs.block
        do throws(StoreError) {
            let receipt = try withDatabase { (database) throws(StoreError) in
                try database.write(WritePlan(puts: [], deletions: []), reservation: target)
            }
            ids.reserved(through: target)
            count(bytes: receipt.bytes)
        } catch {
            // In memory the ids go on; after a crash the wall clock keeps them from being handed out again.
            degrade(error)
        }
    }

    /// Brings documents to the disk, and everything else with them where the disk has missed something.
    ///
    /// - Parameter scope: which documents; nil for all.
    /// - Returns: what came of it.
    private func write(_ scope: Set<DocumentID>?) -> Outcome {
        if case .closed = health { return .failed(Self.closedReason) }
        do throws(StoreError) {
            return try withDatabase { (database) throws(StoreError) in try write(scope, to: database) }
        } catch {
            degrade(error)
            return .failed(error.description)
        }
    }

    private func write(_ scope: Set<DocumentID>?, to database: StoreDatabase) throws(StoreError) -> Outcome {
        let plan = if case .working = health { image.plan(scope) } else { image.plan() }
        guard !plan.isEmpty else {
            recover(documents: 0)
            return .nothingToWrite
        }
        let start = times.now()
        let reservation = ids.reservationDue
        let receipt = try database.write(plan, reservation: reservation)
        if let reservation { ids.reserved(through: reservation) }
        image.wrote(plan, insertedRows: receipt.insertedRows)
        count(bytes: receipt.bytes)
        recover(documents: plan.count)
        return .written(documents: plan.count, bytes: receipt.bytes, duration: start.duration(to: times.now()))
    }

    private func count(bytes: Int) {
        mailbox.update { figures in
            figures.writes += 1
            figures.bytesWritten += bytes
        }
    }

    private func publish() {
        let reason: String? = if case .degraded(let reason) = health { reason } else { nil }
        mailbox.update { figures in
            figures.documents = image.count
            figures.dirtyDocuments = image.dirty.count
            figures.degradedReason = reason
        }
    }
}

// MARK: Repairs

extension StoreEngine {
    /// Runs work on the file, which is opened where it is not open, and repaired where it is damaged.
    private func withDatabase<Value>(
        _ work: (StoreDatabase) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        var remaining = Self.attempts
        while true {
            remaining -= 1
            do throws(StoreError) {
                return try work(attach())
            } catch {
                try repair(error)
                if remaining == 0 { throw error }
            }
        }
    }

    private func attach() throws(StoreError) -> StoreDatabase {
        if let database { return database }
        let opened = try StoreDatabase(paths, prefix: prefix)
        let content = try opened.load()
        ids.resume(after: content.usedSyncID, wallClock: times.wallClock())
        image.adopt(content.rows, ids: &ids, usedBefore: content.usedSyncID)
        if case .working = health { health = .catchingUp }
        database = opened
        return opened
    }

    /// Prepares for another attempt, or throws where there is no point in one now.
    private func repair(_ error: StoreError) throws(StoreError) {
        switch error.code {
        case .corrupt:
            database = nil
            let path = try Quarantine(paths).moveAside(at: times.wallClock())
            mailbox.update { $0.quarantines += 1 }
            listener?.record(.quarantined(path: path, reason: error.description))
        case .moved:
            database = nil
        case .unavailable, .refused:
            // A full disk is no reason to doubt the connection; after anything else a new one is the safer way on.
            if !error.isDiskFull { database = nil }
            throw error
        case .newerSchema, .foreignFile, .invalidSettings, .unencodableDocument, .undecodableDocument:
            throw error
        }
    }

    private func degrade(_ error: StoreError) {
        switch health {
        case .closed: return
        case .degraded: break
        case .working, .catchingUp: listener?.record(.degraded(reason: error.description))
        }
        health = .degraded(error.description)
        mailbox.failed(at: times.now())
    }

    private func recover(documents: Int) {
        if case .degraded = health {
            mailbox.recovered()
            listener?.record(.restored(documents: documents))
        }
        health = .working
    }
}
