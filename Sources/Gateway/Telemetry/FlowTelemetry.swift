import Exposition
import JSONLogging
import Logging
import Supervision
import Synchronization
import Workers

/// Keeps the last observation of every flow for scrapes, and logs what changes.
///
/// Bounded by the tree: only a flow that was opened has an account, until it is closed. An observation costs a dictionary
/// access: values are put into series at a scrape.
final class FlowTelemetry: FlowListener {
    /// The name of the runbook of a configuration that was refused.
    static let refusedRunbook = "FlowConfigRefused"

    private let metrics: FlowMetrics
    private let advice: EscalationAdvice
    private let logger: Logger
    private let accounts = Mutex<[HierarchyPath: FlowAccount]>([:])

    /// - Parameters:
    ///   - metrics: the families.
    ///   - advice: where runbooks are.
    ///   - logger: takes the lines.
    init(metrics: FlowMetrics, advice: EscalationAdvice, logger: Logger) {
        self.metrics = metrics
        self.advice = advice
        self.logger = logger
    }

    /// Opens the account of a flow that was created; one that is open stays as it is.
    func open(_ path: HierarchyPath) {
        accounts.withLock { $0[path] = $0[path] ?? FlowAccount() }
    }

    /// Closes the account of a flow that has gone for good: its figures leave the exposition.
    func close(_ path: HierarchyPath) {
        accounts.withLock { $0[path] = nil }
    }

    /// Takes note of an observation; one that comes after its flow has gone is dropped.
    ///
    /// - Parameters:
    ///   - path: the flow.
    ///   - observation: what was seen.
    ///   - stallAfter: how long work may wait in this flow.
    func flowObserved(_ path: HierarchyPath, _ observation: BenthosObservation, stallAfter: Duration) {
        let news = accounts.withLock { $0[path]?.note(observation, stallAfter: stallAfter) ?? [] }
        for item in news { log(item, of: path) }
    }

    func flowRolledBack(_ path: HierarchyPath, _ refusal: FlowRefusal) {
        accounts.withLock { $0[path]?.noteRollback() }
        logger.error(
            "Flow configuration rolled back",
            metadata: fields(
                path,
                [
                    "revision": "\(refusal.revision)", "error": "\(refusal.reason)",
                    "runbook_url": "\(advice.url(of: Self.refusedRunbook))",
                    "manual_steps": .array(Self.steps(refusal).map { "\($0)" }),
                ]
            )
        )
    }

    /// Adds what is known of all flows to a scrape.
    func collect(_ samples: inout CollectedSamples) {
        for (path, account) in accounts.withLock({ $0 }) { metrics.collect(&samples, path, account) }
    }

    private func log(_ news: FlowAccount.News, of path: HierarchyPath) {
        switch news {
        case .stalled(let waiting):
            logger.warning("Flow stalled", metadata: fields(path, ["waiting_ms": .milliseconds(waiting)]))
        case .moving:
            logger.info("Flow moves again", metadata: fields(path))
        case .portHeld(let port, let holder):
            var details: Logger.Metadata = ["error": "\(holder)"]
            if let port { details["port"] = .number(port) }
            logger.warning("Port held by another process", metadata: fields(path, details))
        }
    }

    private func fields(_ path: HierarchyPath, _ details: Logger.Metadata = [:]) -> Logger.Metadata {
        let fields: Logger.Metadata = [
            "child_name": "\(path.name)", "worker_id": "\(path)", "worker_type": "\(BenthosWorker.type)",
            "hierarchy_path": "\(path)", "error_scope": "worker", "impact": "single_worker",
        ]
        return fields.merging(details) { _, detail in detail }
    }

    /// What to do by hand after a rollback, in order.
    private static func steps(_ refusal: FlowRefusal) -> [String] {
        [
            "See that the flow works with its last good configuration: it runs with it until this one is changed",
            "Put the cause right: \(refusal.reason)",
            "Correct the flow's configuration: a changed one is checked and tried by itself",
        ]
    }
}
