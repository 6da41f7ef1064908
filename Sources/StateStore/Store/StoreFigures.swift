/// What a store has done since it was opened, and how it is.
public struct StoreFigures: Sendable, Equatable {
    /// How many transactions were written.
    public internal(set) var writes = 0
    /// How many bytes reached the file system: database, log and checkpoints.
    ///
    /// Counted by the kernel per write call of the store's thread; see proc(5), `wchar` of /proc/PID/io. Where the kernel
    /// does not tell, the pages that were written to the log, without checkpoints.
    public internal(set) var bytesWritten = 0
    /// How many of the transactions wrote observed documents behind.
    public internal(set) var flushes = 0
    /// How many damaged files were moved aside.
    public internal(set) var quarantines = 0
    /// How many documents were refused because they cannot be JSON.
    public internal(set) var rejections = 0
    /// How many documents the store has.
    public internal(set) var documents = 0
    /// How many documents the disk does not have, or has in an older version.
    ///
    /// A note counts until it is looked at, even where it turns out to bring nothing new.
    public internal(set) var dirtyDocuments = 0
    /// Why documents are kept in memory only; nil while the disk does its work.
    public internal(set) var degradedReason: String?

    /// Creates the figures of a store that has done nothing.
    public init() {}
}
