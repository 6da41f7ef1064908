import JSONLogging
import Logging
import Supervision

/// Makes log lines from the engine's events.
final class EventLog: SupervisionObserver {
    private let logger: Logger
    private let circuit: CircuitLog

    /// - Parameters:
    ///   - logger: takes the lines; expected to fold those that repeat.
    ///   - circuit: takes what circuits do.
    init(logger: Logger, circuit: CircuitLog) {
        self.logger = logger
        self.circuit = circuit
    }

    func record(_ event: SupervisionEvent) {
        switch event {
        case .childCreated(let identity, _, _): noteInstance("Child created", identity)
        case .childUpdated(let identity, _, _): noteInstance("Child updated", identity)
        case .childRemoved(let identity, let isFinal): removed(identity, isFinal: isFinal)
        case .childCreationFailed(let path, let error, let retryAfter): creationFailed(path, error, retryAfter)
        case .restartRequested(let identity, let isDuplicate): restartRequested(identity, isDuplicate: isDuplicate)
        case .stateChanged(let identity, let from, let to, let reason): stateChanged(identity, from, to, reason)
        case .readinessChanged(let identity, let isReady):
            logger.info(isReady ? "Child is ready" : "Child is not ready", metadata: fields(identity))
        case .decisionFailed(let identity, let error):
            logger.warning("Worker failed to decide", metadata: troubled(identity, ["error": "\(error)"]))
        case .circuit(let identity, let change, let report): circuit.record(identity, change, report)
        case .actionEnqueued(let identity, let action, let id):
            let details: Logger.Metadata = ["action_type": "\(action)", "action_id": "\(ActionID(id))"]
            logger.debug("Action enqueued for execution", metadata: fields(identity, details))
        case .actionRefused(let identity, let action, let admission):
            let details: Logger.Metadata = ["action_type": "\(action)", "reason": "\(admission)"]
            logger.debug("Action refused", metadata: fields(identity, details))
        case .actionAwaited(let identity):
            logger.debug("Worker action in progress, skipping derivation", metadata: fields(identity))
        case .actionCompleted(let identity, let outcome): actionCompleted(identity, outcome)
        case .actionOutlasted(let identity, let ranOn):
            let details: Logger.Metadata = ["duration_ms": .milliseconds(ranOn)]
            logger.debug("Action ended after the circuit breaker had opened", metadata: fields(identity, details))
        case .collectionFailed(let identity, let error):
            logger.warning("Observation failed", metadata: troubled(identity, ["error": "\(error)"]))
        case .observationStale(let identity, isStale: true):
            logger.warning("Observation is stale", metadata: troubled(identity))
        case .observationStale(let identity, isStale: false):
            logger.info("Observation is fresh again", metadata: fields(identity))
        case .collectorRestarted(let identity, let count):
            logger.warning("Collector restarted", metadata: troubled(identity, ["count": .number(count)]))
        case .collected, .ticked: break
        }
    }

    private func noteInstance(_ message: Logger.Message, _ identity: WorkerIdentity) {
        logger.debug(message, metadata: fields(identity, ["instance": .number(identity.id.number)]))
    }

    private func removed(_ identity: WorkerIdentity, isFinal: Bool) {
        let details: Logger.Metadata = ["instance": .number(identity.id.number), "final": .bool(isFinal)]
        logger.debug("Child removed", metadata: fields(identity, details))
    }

    private func creationFailed(_ path: HierarchyPath, _ error: String, _ retryAfter: Duration) {
        logger.error(
            "Child could not be created",
            metadata: [
                "child_name": "\(path.name)", "worker_id": "\(path)", "hierarchy_path": "\(path)",
                "error_scope": "worker", "impact": "single_worker", "error": "\(error)",
                "next_retry_in_ms": .milliseconds(retryAfter),
            ])
    }

    private func restartRequested(_ identity: WorkerIdentity, isDuplicate: Bool) {
        logger.log(
            level: isDuplicate ? .debug : .notice,
            isDuplicate ? "Child is being restarted already" : "Child is being restarted",
            metadata: fields(identity)
        )
    }

    private func stateChanged(_ identity: WorkerIdentity, _ from: String, _ to: String, _ reason: String?) {
        var details: Logger.Metadata = ["from": "\(from)", "to": "\(to)"]
        if let reason { details["reason"] = "\(reason)" }
        logger.info("State changed", metadata: fields(identity, details))
    }

    private func actionCompleted(_ identity: WorkerIdentity, _ outcome: ActionOutcome) {
        let error: String? =
            switch outcome.result {
            case .success: nil
            case .failure(let error): error
            case .timeout: "not done in time and cancelled"
            case .abandoned: "ignored its cancellation and given up"
            }
        var details: Logger.Metadata = [
            "action_type": "\(outcome.name)", "action_id": "\(ActionID(outcome.id))",
            "duration_ms": .milliseconds(outcome.duration),
            "success": .bool(error == nil), "status": "\(outcome.result.label)",
            "retry_attempt": .number(outcome.attempt),
        ]
        guard let error else { return logger.info("Action completed", metadata: fields(identity, details)) }
        details["error"] = "\(error)"
        logger.warning("Action completed", metadata: troubled(identity, details))
    }

    /// The fields of a line about something that is wrong with one worker.
    private func troubled(_ identity: WorkerIdentity, _ details: Logger.Metadata = [:]) -> Logger.Metadata {
        fields(identity, details.merging(["error_scope": "worker", "impact": "single_worker"]) { detail, _ in detail })
    }

    private func fields(_ identity: WorkerIdentity, _ details: Logger.Metadata = [:]) -> Logger.Metadata {
        var fields: Logger.Metadata = [
            "child_name": "\(identity.path.name)",
            "worker_id": "\(identity.path)",
            "worker_type": "\(identity.type)",
            "hierarchy_path": "\(identity.path)",
        ]
        fields.merge(details) { _, detail in detail }
        return fields
    }
}
