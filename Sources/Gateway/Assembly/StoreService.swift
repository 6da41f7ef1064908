import ServiceLifecycle
import StateStore
import Supervision

/// Writes observations behind until graceful shutdown.
struct StoreService: Service {
    let store: SQLiteTriangularStore<MonotonicClock>

    /// Returns on graceful shutdown; the store is closed after that, when nothing uses it any more.
    func run() async {
        await cancelWhenGracefulShutdown { await store.run() }
    }
}
