import JSONLogging
import Logging
import Supervision

/// Makes log lines from the engine's events.
struct EventLog: SupervisionObserver {
    let logger: Logger

    func record(_ event: SupervisionEvent) {
        switch event {
        case .childCreated(let identity, _, _):
            logger.debug("Child created", metadata: metadata(identity))
        case .childRemoved(let identity, _):
            logger.debug("Child removed", metadata: metadata(identity))
        case .childCreationFailed(let path, let error, let retryAfter):
            logger.error(
                "Child could not be created",
                metadata: [
                    "child_name": "\(path.name)", "hierarchy_path": "\(path)", "error_scope": "worker",
                    "impact": "single_worker", "error": "\(error)", "next_retry_in_ms": .milliseconds(retryAfter),
                ])
        case .stateChanged(let identity, let from, let to, let reason):
            stateChanged(identity, from, to, reason)
        case .readinessChanged(let identity, let isReady):
            logger.info(isReady ? "Child is ready" : "Child is not ready", metadata: metadata(identity))
        case .actionEnqueued(let identity, let action):
            logger.debug("Action enqueued for execution", metadata: metadata(identity, ["action_type": "\(action)"]))
        case .actionRefused(let identity, let action, let admission):
            logger.debug(
                "Action refused",
                metadata: metadata(identity, ["action_type": "\(action)", "reason": "\(admission)"])
            )
        case .actionCompleted(let identity, let outcome):
            completed(identity, outcome)
        case .collectionFailed(let identity, let error):
            logger.warning(
                "Observation failed",
                metadata: metadata(identity, ["error_scope": "worker", "error": "\(error)"])
            )
        case .childUpdated, .restartRequested, .decisionFailed, .circuit, .actionAwaited, .actionOutlasted,
            .observationStale, .collectorRestarted, .collected, .ticked:
            break
        }
    }

    private func stateChanged(_ identity: WorkerIdentity, _ from: String, _ to: String, _ reason: String?) {
        var details: Logger.Metadata = ["from": "\(from)", "to": "\(to)"]
        if let reason { details["reason"] = "\(reason)" }
        logger.info("State changed", metadata: metadata(identity, details))
    }

    private func completed(_ identity: WorkerIdentity, _ outcome: ActionOutcome) {
        var details: Logger.Metadata = [
            "action_type": "\(outcome.name)", "duration_ms": .milliseconds(outcome.duration),
        ]
        switch outcome.result {
        case .success:
            details["success"] = .bool(true)
            logger.info("Action completed", metadata: metadata(identity, details))
        case .failure(let error):
            details["success"] = .bool(false)
            details["error"] = "\(error)"
            logger.warning("Action completed", metadata: metadata(identity, details))
        case .timeout, .abandoned:
            details["success"] = .bool(false)
            details["error"] = "\(outcome.result.label)"
            logger.warning("Action completed", metadata: metadata(identity, details))
        }
    }

    private func metadata(_ identity: WorkerIdentity, _ details: Logger.Metadata = [:]) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "child_name": "\(identity.path.name)",
            "worker_id": "\(identity.id)",
            "worker_type": "\(identity.type)",
            "hierarchy_path": "\(identity.path)",
        ]
        metadata.merge(details) { _, detail in detail }
        return metadata
    }
}

/// Passes the engine's events on to several consumers.
struct SupervisionObservers: SupervisionObserver {
    let observers: [any SupervisionObserver]

    func record(_ event: SupervisionEvent) {
        for observer in observers { observer.record(event) }
    }
}
