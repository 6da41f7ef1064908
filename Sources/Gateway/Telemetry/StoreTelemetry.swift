import Exposition
import JSONLogging
import Logging
import StateStore
import Supervision

/// Makes metrics and log lines from what happens in the store.
struct StoreTelemetry: StoreListener {
    /// The name of the runbook of a damaged store.
    static let corruptRunbook = "StoreCorrupted"
    /// The name of the runbook of a store whose disk does not do its work.
    static let degradedRunbook = "StoreDegraded"

    let metrics: StoreMetrics
    let advice: EscalationAdvice
    let logger: Logger

    func record(_ event: StoreEvent) {
        switch event {
        case .committed(_, _, let duration): note(.commit, duration)
        case .flushed(_, _, let duration): note(.flush, duration)
        case .quarantined(let path, let reason):
            logger.error(
                "Store was damaged, moved aside and begun anew",
                metadata: [
                    "path": "\(path)", "error": "\(reason)", "runbook_url": "\(advice.url(of: Self.corruptRunbook))",
                ]
            )
        case .degraded(let reason):
            logger.error(
                "Store works from memory only",
                metadata: ["error": "\(reason)", "runbook_url": "\(advice.url(of: Self.degradedRunbook))"]
            )
        case .restored(let documents):
            logger.notice("Store writes to disk again", metadata: ["documents": .number(documents)])
        case .rejected(let key, let kind, let reason):
            logger.error(
                "Document cannot be stored",
                metadata: [
                    "hierarchy_path": "\(key.path)", "worker_type": "\(key.type)", "document": "\(kind.rawValue)",
                    "error": "\(reason)",
                ]
            )
        }
    }

    private func note(_ kind: StoreMetrics.Kind, _ duration: Duration) {
        do throws(ExpositionError) {
            try metrics.noteWrite(kind, duration)
        } catch {
            logger.error("Metric refused", metadata: ["error": "\(error)"])
        }
    }
}
