import Exposition
import JSONLogging
import Logging
import Supervision
import Synchronization
import Workers

/// Keeps the last observation of every broker for scrapes, and logs what changes.
///
/// Bounded by the tree: only a broker that was opened has an account, until it is closed.
final class BrokerTelemetry: BrokerListener {
    private let metrics: BrokerMetrics
    private let logger: Logger
    private let accounts = Mutex<[HierarchyPath: BrokerAccount]>([:])

    /// - Parameters:
    ///   - metrics: the families.
    ///   - logger: takes the lines.
    init(metrics: BrokerMetrics, logger: Logger) {
        self.metrics = metrics
        self.logger = logger
    }

    /// Opens the account of a broker that was created; one that is open stays as it is.
    func open(_ path: HierarchyPath) {
        accounts.withLock { $0[path] = $0[path] ?? BrokerAccount() }
    }

    /// Closes the account of a broker that has gone for good: its figures leave the exposition.
    func close(_ path: HierarchyPath) {
        accounts.withLock { $0[path] = nil }
    }

    func brokerObserved(_ path: HierarchyPath, _ observation: RedpandaObservation) {
        // One that comes after its broker has gone is dropped.
        let news = accounts.withLock { $0[path]?.note(observation) ?? [] }
        for item in news { log(item, of: path) }
    }

    /// Adds what is known of all brokers to a scrape.
    func collect(_ samples: inout CollectedSamples) {
        for (path, account) in accounts.withLock({ $0 }) { metrics.collect(&samples, path, account) }
    }

    private func log(_ news: BrokerAccount.News, of path: HierarchyPath) {
        switch news {
        case .diskAlert(let from, let to, let freeBytes):
            var details: Logger.Metadata = ["from": "\(from.word)", "to": "\(to.word)"]
            if let freeBytes { details["disk_free_bytes"] = .number(freeBytes) }
            let isWorse = to.rawValue > from.rawValue
            logger.log(
                level: isWorse ? .warning : .info,
                isWorse ? "Broker disk alert raised" : "Broker disk alert eased",
                metadata: fields(path, details)
            )
        case .portHeld(let holder):
            logger.warning("Port held by another process", metadata: fields(path, ["error": "\(holder)"]))
        }
    }

    private func fields(_ path: HierarchyPath, _ details: Logger.Metadata) -> Logger.Metadata {
        let fields: Logger.Metadata = [
            "child_name": "\(path.name)", "worker_id": "\(path)", "worker_type": "\(RedpandaWorker.type)",
            "hierarchy_path": "\(path)", "error_scope": "worker", "impact": "single_worker",
        ]
        return fields.merging(details) { _, detail in detail }
    }
}

extension BrokerFigures.Disk.Alert {
    /// The level in the log.
    fileprivate var word: String {
        switch self {
        case .ok: "ok"
        case .low: "low"
        case .degraded: "degraded"
        }
    }
}
