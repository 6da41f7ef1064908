import Exposition
import Supervision
import Synchronization
import Workers

/// Keeps the last observation of every connection for scrapes; the log has its changes as those of its state.
///
/// Bounded by the tree: only a connection that was opened has an account, until it is closed.
final class ConnectionTelemetry: ConnectionListener {
    private let metrics: ConnectionMetrics
    private let accounts = Mutex<[HierarchyPath: ConnectionObservation]>([:])

    init(metrics: ConnectionMetrics) {
        self.metrics = metrics
    }

    /// Opens the account of a connection that was created; one that is open stays as it is.
    func open(_ path: HierarchyPath) {
        accounts.withLock { $0[path] = $0[path] ?? ConnectionObservation() }
    }

    /// Closes the account of a connection that has gone for good: its figures leave the exposition.
    func close(_ path: HierarchyPath) {
        accounts.withLock { $0[path] = nil }
    }

    func connectionObserved(_ path: HierarchyPath, _ observation: ConnectionObservation) {
        accounts.withLock { accounts in
            // One that comes after its connection has gone is dropped.
            if accounts[path] != nil { accounts[path] = observation }
        }
    }

    /// Adds what is known of all connections to a scrape.
    func collect(_ samples: inout CollectedSamples) {
        for (path, observation) in accounts.withLock({ $0 }) { metrics.collect(&samples, path, observation) }
    }
}
