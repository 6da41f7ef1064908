@testable import Supervision

/// Parts of events as the tests of their consumers need them.
enum EventExamples {
    static let root = WorkerIdentity(id: SupervisorID(number: 1), type: "application", path: HierarchyPath(root: "box"))
    static let broker = child("broker")
    static let checks = [
        CheckLabel(check: "crash_loop", child: "broker"), CheckLabel(check: "child_escalated", child: "broker"),
    ]
    static let failure = CheckFailure(
        check: "crash_loop",
        child: "broker",
        description: "5 deaths in 60 s: ended with exit code 1",
        impact: .allWorkers
    )

    static func child(_ name: String, instance: UInt64 = 2) -> WorkerIdentity {
        WorkerIdentity(id: SupervisorID(number: instance), type: "process", path: root.path.appending(name))
    }

    /// The creation of a root with a broker.
    static let creation: [SupervisionEvent] = [
        .childCreated(root, children: ["broker"], checks: checks), .childCreated(broker, children: [], checks: []),
    ]

    static func report(attempts: Int = 0, status: RecoveryStatus = .attemptingRecovery) -> CircuitReport {
        CircuitReport(
            failure: failure,
            attempts: attempts,
            maxAttempts: 5,
            backoffDelay: .seconds(4),
            downtime: .milliseconds(7250),
            nextRetryIn: .milliseconds(3500),
            status: status
        )
    }

    static func circuit(_ change: CircuitChange, attempts: Int = 0) -> SupervisionEvent {
        .circuit(root, change, report(attempts: attempts))
    }
}
