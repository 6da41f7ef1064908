/// Where a store is and how often it writes.
public struct StoreSettings: Sendable, Equatable {
    /// The longest prefix in characters.
    static let prefixLimit = 32

    /// The directory; created with its parents (0700) where missing.
    public var directory: String
    /// The name of the database file in it.
    public var fileName: String
    /// Whose documents the store sees: letters, digits and `_`, at most 32.
    ///
    /// Kept as a column of every row. Stores with different prefixes may have the file open at the same time; two with
    /// the same prefix may not.
    public var prefix: String
    /// How long an observed document may stay unwritten; less than 1 s counts as 1 s.
    public var observedFlushInterval: Duration

    /// Creates settings.
    ///
    /// - Parameters:
    ///   - directory: the directory of the database file.
    ///   - fileName: the name of the file.
    ///   - prefix: whose documents the store sees.
    ///   - observedFlushInterval: how long an observed document may stay unwritten.
    public init(
        directory: String,
        fileName: String = "gatewarden.db",
        prefix: String = "fsmv2_",
        observedFlushInterval: Duration = .seconds(30)
    ) {
        self.directory = directory
        self.fileName = fileName
        self.prefix = prefix
        self.observedFlushInterval = observedFlushInterval
    }

    /// Requires settings that a store can work with.
    ///
    /// - Throws: `invalidSettings`, which names the setting.
    func validate() throws(StoreError) {
        let isWord = prefix.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isWord, (1...Self.prefixLimit).contains(prefix.utf8.count) else {
            throw StoreError(
                .invalidSettings,
                "the prefix \"\(prefix)\" is not usable; take 1 to \(Self.prefixLimit) letters, digits and underscores"
            )
        }
        guard !fileName.isEmpty, fileName != ".", fileName != "..", !fileName.contains("/"), !fileName.contains("\0")
        else {
            throw StoreError(.invalidSettings, "\"\(fileName)\" is not the name of a file; take one like gatewarden.db")
        }
        guard !directory.isEmpty, !directory.contains("\0") else {
            throw StoreError(.invalidSettings, "\"\(directory)\" is not a directory; name the data directory")
        }
    }
}
