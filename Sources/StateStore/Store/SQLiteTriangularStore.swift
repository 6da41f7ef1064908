public import Supervision

/// The triangular store in an SQLite file.
///
/// All documents are in memory as JSON; the file is what survives. All work on it happens on one thread of the store's
/// own. Commits that come while a transaction runs are written together in the next one. A disk that does not do its
/// work turns the store into one in memory until it does; a damaged file is moved aside and written anew from memory.
///
/// Callable from any thread. Run ``run()`` for as long as the store is used, then cancel it and ``close()`` the store.
public final class SQLiteTriangularStore<C: SupervisionClock>: TriangularStore {
    /// How long the write-behind loop sleeps where there is nothing to do: notes wake it.
    private static var idleSleep: Duration { .seconds(3600) }

    private let clock: C
    private let wallClock: @Sendable () -> Duration
    private let sleep: WakeableSleep<C>
    private let mailbox: StoreMailbox
    private let engine: StoreEngine

    private init(
        _ settings: StoreSettings,
        clock: C,
        wallClock: @escaping @Sendable () -> Duration,
        listener: (any StoreListener)?
    ) {
        let sleep = WakeableSleep(clock: clock)
        self.clock = clock
        self.wallClock = wallClock
        self.sleep = sleep
        mailbox = StoreMailbox(writeBehind: WriteBehind(interval: settings.observedFlushInterval)) { sleep.wake() }
        engine = StoreEngine(
            settings: settings,
            mailbox: mailbox,
            listener: listener,
            times: StoreTimes(now: { clock.now }, wallClock: wallClock)
        )
    }

    /// Opens a store: creates, checks and migrates its file.
    ///
    /// A damaged file is moved aside, and a disk that does not do its work leaves the store in memory for now; the
    /// listener hears of either before this returns.
    ///
    /// - Parameters:
    ///   - settings: where the file is, and how often to write.
    ///   - clock: the engine's clock.
    ///   - wallClock: the time since 1970; called from any thread.
    ///   - listener: hears of everything that happens.
    /// - Returns: the store.
    /// - Throws: `invalidSettings`; `newerSchema` or `foreignFile`, where the file is left as it is.
    public static func open(
        _ settings: StoreSettings,
        clock: C,
        wallClock: @escaping @Sendable () -> Duration,
        listener: (any StoreListener)? = nil
    ) async throws(StoreError) -> SQLiteTriangularStore {
        try settings.validate()
        let store = SQLiteTriangularStore(settings, clock: clock, wallClock: wallClock, listener: listener)
        try await store.engine.start()
        return store
    }

    /// What the store has done so far, and how it is; callable from any thread, never blocks on the disk.
    public var figures: StoreFigures { mailbox.figures }

    /// Writes observed documents behind until the calling task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            switch mailbox.takeTurn(at: clock.now) {
            case .idle: await sleep.sleep(until: clock.now.advanced(by: Self.idleSleep))
            case .wait(let moment): await sleep.sleep(until: moment)
            case .flush(let scope): await engine.flush(scope)
            }
        }
    }

    /// Writes everything that is not on disk now, without waiting for its turn.
    public func flush() async {
        await engine.flush(.everything)
    }

    /// Writes everything that is not on disk and closes the file; a second call does nothing.
    ///
    /// Documents can still be read and changed afterwards, in memory only.
    ///
    /// - Returns: whether everything is on disk; in memory also where the store was closed before.
    @discardableResult
    public func close() async -> Durability {
        await engine.close()
    }

    /// Writes changes in one transaction, together with other commits that wait.
    ///
    /// Documents that are as they were cost nothing. One that cannot be turned into JSON is left out and told to the
    /// listener; the answer is then `inMemory` with the reason, although the other changes may be on disk.
    ///
    /// - Parameter changes: what to write, in its order.
    /// - Returns: what became of them.
    public func commit(_ changes: [StoreChange]) async -> Durability {
        let ticket = mailbox.commit(changes, at: wallClock())
        return await engine.outcome(of: ticket)
    }

    /// Takes over what was observed; becomes JSON, and gets a sync id if it is new, when it is read or flushed.
    ///
    /// - Parameters:
    ///   - document: what was observed.
    ///   - isUrgent: whether the disk should get it soon.
    public func note(_ document: Document, isUrgent: Bool) {
        mailbox.note(document, isUrgent: isUrgent, at: wallClock(), now: clock.now)
    }

    /// Reads all documents of one kind, noted ones included.
    ///
    /// - Parameters:
    ///   - kind: which of the three.
    ///   - type: what to read each one as.
    /// - Returns: the documents in the order of their sync ids.
    /// - Throws: a ``StoreError`` that names the document when one cannot be read as the type.
    public func documents<Content: Decodable & Sendable>(
        _ kind: DocumentKind,
        as type: Content.Type
    ) async throws -> [StoredDocument<Content>] {
        try await engine.documents(kind).map { document throws(StoreError) in try document.decoded(as: type) }
    }

    /// Reads what has changed since a sync id, as JSON, noted documents included; removals do not show.
    ///
    /// - Parameters:
    ///   - syncID: the last one that the reader has seen; 0 for everything.
    ///   - limit: how many documents at most.
    /// - Returns: the documents in the order of their sync ids.
    /// - Throws: nothing at present.
    public func changes(since syncID: Int64, limit: Int) async throws -> [StoredDocument<String>] {
        await engine.changes(since: syncID, limit: limit).map(\.text)
    }
}
