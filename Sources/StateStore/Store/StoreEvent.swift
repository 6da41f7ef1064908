public import Supervision

/// Something that happened in a store, for metrics and logs.
public enum StoreEvent: Sendable, Equatable {
    /// Changes were made durable.
    case committed(documents: Int, bytes: Int, duration: Duration)
    /// Observed documents were written behind.
    case flushed(documents: Int, bytes: Int, duration: Duration)
    /// A damaged file was moved aside to the path, and a fresh one takes its place.
    case quarantined(path: String, reason: String)
    /// Documents are kept in memory only from now on; told once until ``restored(documents:)``.
    case degraded(reason: String)
    /// The disk works again and has everything; so many documents were written for that.
    case restored(documents: Int)
    /// A document cannot be turned into JSON; the earlier one stays.
    case rejected(WorkerKey, DocumentKind, reason: String)
}

/// Hears of everything that happens in a store.
public protocol StoreListener: Sendable {
    /// Takes an event.
    ///
    /// Called on the store's thread, in order, while callers wait: must not block.
    ///
    /// - Parameter event: what happened.
    func record(_ event: StoreEvent)
}
