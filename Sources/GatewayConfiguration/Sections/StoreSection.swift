/// What is remembered on disk.
public struct StoreSection: Sendable, Equatable {
    /// Longest time that an observation stays in memory only; a change of state is written at once.
    public let observedFlushInterval: Duration
    /// Begins the name of every document: 1 to 32 characters of a-z, 0-9 and `_`.
    public let prefix: String

    init(_ object: ConfigurationObject) {
        observedFlushInterval = object[StoreSchema.observedFlushInterval]
        prefix = object[StoreSchema.prefix]
    }
}
