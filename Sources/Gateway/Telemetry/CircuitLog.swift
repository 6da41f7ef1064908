import JSONLogging
import Logging
import Supervision

/// Makes log lines from what circuits do.
///
/// The messages are those of the table in the specification of the log: alerts and searches on boxes match them.
struct CircuitLog: Sendable {
    let logger: Logger
    let advice: EscalationAdvice

    func record(_ identity: WorkerIdentity, _ change: CircuitChange, _ report: CircuitReport) {
        var fields = fields(identity, report)
        switch change {
        case .opened:
            logger.warning("Infrastructure check failed, opening circuit breaker", metadata: fields)
        case .stillOpen, .attemptFailed:
            logger.warning("Circuit breaker open, retrying infrastructure checks", metadata: fields)
        case .lastAttempt:
            logger.warning("WARNING: One retry attempt remaining before escalation", metadata: fields)
        case .escalated:
            fields["runbook_url"] = "\(advice.runbookURL)"
            if let failure = report.failure {
                fields["manual_steps"] = .array(advice.manualSteps(failure, of: identity.path).map { "\($0)" })
            }
            logger.error(
                "ESCALATION REQUIRED: Infrastructure failure after max retry attempts. Manual intervention needed.",
                metadata: fields
            )
        case .recovered:
            logger.info("Infrastructure recovered, closing circuit breaker", metadata: closing(fields, report))
        case .reset:
            logger.notice("Circuit breaker reset", metadata: closing(fields, report))
        }
    }

    private func fields(_ identity: WorkerIdentity, _ report: CircuitReport) -> Logger.Metadata {
        var fields: Logger.Metadata = [
            "error_scope": "infrastructure",
            "hierarchy_path": "\(identity.path)",
            "worker_id": "\(identity.path)",
            "worker_type": "\(identity.type)",
            "retry_attempt": .number(report.attempts),
            "max_attempts": .number(report.maxAttempts),
            "attempts_remaining": .number(max(0, report.maxAttempts - report.attempts)),
            "backoff_delay_ms": .milliseconds(report.backoffDelay),
            "elapsed_downtime_ms": .milliseconds(report.downtime),
            "next_retry_in_ms": .milliseconds(report.nextRetryIn),
            "recovery_status": "\(report.status.rawValue)",
        ]
        if let failure = report.failure {
            fields["impact"] = "\(failure.impact.rawValue)"
            fields["child_name"] = "\(failure.child)"
            fields["check"] = "\(failure.check)"
            fields["error"] = "\(failure.description)"
        }
        return fields
    }

    /// The fields of a circuit that closes: it has no next attempt any more.
    private func closing(_ fields: Logger.Metadata, _ report: CircuitReport) -> Logger.Metadata {
        var fields = fields
        for name in ["backoff_delay_ms", "next_retry_in_ms", "attempts_remaining"] { fields[name] = nil }
        fields["recovery_status"] = "\(RecoveryStatus.healthy.rawValue)"
        fields["total_downtime_ms"] = .milliseconds(report.downtime)
        return fields
    }
}
