import Supervision
import Workers

/// Which page says most about what a check found: pages of alerts, and of checks that have no alert of their own.
enum EscalationRunbook {
    /// The name of the page for a check.
    ///
    /// - Parameter check: the name of the check.
    /// - Returns: the page's name; that about escalations for a check that speaks of another one.
    static func name(of check: String) -> String {
        names[check] ?? EscalationAdvice.runbook
    }

    /// The pages by the names of checks.
    static let names = [
        ProcessChecks.crashLoop: "ChildCrashLooping",
        ProcessChecks.readinessFailed: "ChildNotReady",
        Workers.FlowChecks.stalled: "FlowStalled",
        Workers.FlowChecks.flapping: "ReadinessFlapping",
        Workers.FlowChecks.disconnected: "FlowDisconnected",
        BrokerChecks.unreachable: "BrokerUnreachable",
        BrokerChecks.diskAlert: "BrokerDiskFull",
        BrokerChecks.wrongListener: "PortHeld",
        // The check has a name of its own, whatever child it is made for.
        ConsistencyCheck.stale("", impact: .singleWorker).label.check: "CollectorStale",
        ConsistencyCheck.childEscalated: EscalationAdvice.runbook,
    ]
}
