import FoundationEssentials
import JSONLogging
import Logging
import SystemPackage
import Testing

@testable import Gateway
@testable import Supervision

@Suite("EventLog")
struct EventLogTests {
    /// A log line: its level, its message and its fields, without those that every line has.
    struct Line: Equatable, Sendable {
        let level: String
        let msg: String
        var fields: [String: LogField]
    }

    private static let advice = EscalationAdvice(address: "127.0.0.1:9620", runDirectory: "/run/gatewarden")

    /// The lines that some events make.
    private static func lines(_ events: [SupervisionEvent]) throws -> [Line] {
        let directory = try TestDirectory()
        let file = try directory.write("log", "")
        let descriptor = try FileDescriptor.open(file, .writeOnly)
        let writer = try LogWriter(descriptor: descriptor.rawValue)
        let sink = LogSink(writer: writer, levels: LogLevelControl(.trace))
        let logger = Logger(label: "supervision") { LogLineHandler(label: $0, sink: sink) }
        let log = EventLog(logger: logger, circuit: CircuitLog(logger: logger, advice: advice))
        for event in events { log.record(event) }
        writer.close(timeout: .seconds(10))
        try descriptor.close()
        let text = String(decoding: try Data(contentsOf: URL(filePath: file.string)), as: UTF8.self)
        return try text.split(separator: "\n").map(line)
    }

    private static func line(_ text: Substring) throws -> Line {
        var fields = try JSONDecoder().decode([String: LogField].self, from: Data(text.utf8))
        guard case .text(let level) = fields["level"], case .text(let msg) = fields["msg"] else {
            throw Malformed(line: String(text))
        }
        for name in ["ts", "level", "msg", "component"] { fields[name] = nil }
        return Line(level: level, msg: msg, fields: fields)
    }

    private struct Malformed: Error {
        let line: String
    }

    /// An event and the line that it makes, or nil for one that makes none.
    struct Row: Sendable, CustomTestStringConvertible {
        let event: SupervisionEvent
        let expected: Line?
        let testDescription: String

        init(
            _ event: SupervisionEvent,
            _ level: String,
            _ msg: String,
            _ fields: [String: LogField],
            of worker: [String: LogField] = brokerFields
        ) {
            self.event = event
            expected = Line(level: level, msg: msg, fields: worker.merging(fields) { _, new in new })
            testDescription = msg
        }

        init(silent event: SupervisionEvent, _ name: String) {
            self.event = event
            expected = nil
            testDescription = name
        }
    }

    private static let brokerFields: [String: LogField] = [
        "child_name": "broker", "worker_id": "box/broker", "worker_type": "process", "hierarchy_path": "box/broker",
    ]
    private static let rootFields: [String: LogField] = [
        "child_name": "box", "worker_id": "box", "worker_type": "application", "hierarchy_path": "box",
    ]
    private static let worker: [String: LogField] = ["error_scope": "worker", "impact": "single_worker"]
    private static let incident: [String: LogField] = [
        "error_scope": "infrastructure", "impact": "all_workers", "child_name": "broker", "check": "crash_loop",
        "error": "5 deaths in 60 s: ended with exit code 1", "max_attempts": 5, "elapsed_downtime_ms": 7250,
    ]

    /// The fields of an incident with some failed attempts.
    private static func attempt(_ attempts: Int) -> [String: LogField] {
        let pace: [String: LogField] = [
            "retry_attempt": .number(Double(attempts)), "attempts_remaining": .number(Double(5 - attempts)),
            "backoff_delay_ms": 4000, "next_retry_in_ms": 3500, "recovery_status": "attempting_recovery",
        ]
        return incident.merging(pace) { _, new in new }
    }

    private static let closing = incident.merging(
        ["retry_attempt": 2, "recovery_status": "healthy", "total_downtime_ms": 7250]
    ) { _, new in new }

    private static let steps: [String] = [
        "See what runs and what does not: gatewarden status --run-dir /run/gatewarden",
        "Read what the child says: gatewarden logs box/broker --run-dir /run/gatewarden",
        "Read what helps against crash_loop: gatewarden runbook ChildCrashLooping",
        "Put the cause right: 5 deaths in 60 s: ended with exit code 1",
        "Start the child afresh: gatewarden restart box/broker --run-dir /run/gatewarden",
        "Let the gateway try again at once: gatewarden circuit reset box --run-dir /run/gatewarden",
    ]

    private static let circuitRows = [
        Row(
            EventExamples.circuit(.opened), "warning", "Infrastructure check failed, opening circuit breaker",
            attempt(0), of: rootFields),
        Row(
            EventExamples.circuit(.stillOpen, attempts: 1), "warning",
            "Circuit breaker open, retrying infrastructure checks", attempt(1), of: rootFields),
        Row(
            EventExamples.circuit(.attemptFailed, attempts: 2), "warning",
            "Circuit breaker open, retrying infrastructure checks", attempt(2), of: rootFields),
        Row(
            EventExamples.circuit(.lastAttempt, attempts: 4), "warning",
            "WARNING: One retry attempt remaining before escalation", attempt(4), of: rootFields),
        Row(
            EventExamples.circuit(.escalated, attempts: 5), "error",
            "ESCALATION REQUIRED: Infrastructure failure after max retry attempts. Manual intervention needed.",
            attempt(5).merging(
                [
                    "runbook_url": "http://127.0.0.1:9620/runbooks/EscalationTriggered",
                    "manual_steps": .list(steps),
                ]
            ) { _, new in new }, of: rootFields),
        Row(
            EventExamples.circuit(.recovered, attempts: 2), "info",
            "Infrastructure recovered, closing circuit breaker", closing, of: rootFields),
        Row(EventExamples.circuit(.reset, attempts: 2), "notice", "Circuit breaker reset", closing, of: rootFields),
    ]

    private static func completed(_ result: ActionOutcome.Result) -> SupervisionEvent {
        let duration = Duration.milliseconds(12)
        let outcome = ActionOutcome(
            id: 0x1f, name: "start-process", result: result, endedAt: .start, duration: duration)
        return .actionCompleted(EventExamples.broker, outcome)
    }

    private static func action(_ status: String, error: LogField?) -> [String: LogField] {
        var fields: [String: LogField] = [
            "action_type": "start-process", "action_id": "000000000000001f", "duration_ms": 12, "status": .text(status),
            "success": .boolean(error == nil), "retry_attempt": 1,
        ]
        guard let error else { return fields }
        fields["error"] = error
        return fields.merging(worker) { _, new in new }
    }

    private static let actionRows = [
        Row(
            .actionEnqueued(EventExamples.broker, action: "start-process", id: .max), "debug",
            "Action enqueued for execution", ["action_type": "start-process", "action_id": "ffffffffffffffff"]),
        Row(
            .actionRefused(EventExamples.broker, action: "start-process", .queueFull), "debug", "Action refused",
            ["action_type": "start-process", "reason": "queueFull"]),
        Row(
            .actionAwaited(EventExamples.broker), "debug", "Worker action in progress, skipping derivation", [:]),
        Row(completed(.success), "info", "Action completed", action("success", error: nil)),
        Row(completed(.failure("no file")), "warning", "Action completed", action("failure", error: "no file")),
        Row(
            completed(.timeout), "warning", "Action completed",
            action("timeout", error: "not done in time and cancelled")),
        Row(
            completed(.abandoned), "warning", "Action completed",
            action("abandoned", error: "ignored its cancellation and given up")),
        Row(
            .actionOutlasted(EventExamples.root, ranOn: .seconds(2)), "debug",
            "Action ended after the circuit breaker had opened", ["duration_ms": 2000], of: rootFields),
    ]

    private static let childRows = [
        Row(
            .childCreated(EventExamples.broker, children: [], checks: []), "debug", "Child created", ["instance": 2]),
        Row(
            .childUpdated(EventExamples.broker, children: [], checks: []), "debug", "Child updated", ["instance": 2]),
        Row(
            .childRemoved(EventExamples.broker, isFinal: true), "debug", "Child removed",
            ["instance": 2, "final": true]),
        Row(
            .childCreationFailed(EventExamples.broker.path, error: "no such type", retryAfter: .seconds(2)), "error",
            "Child could not be created",
            worker.merging(["error": "no such type", "next_retry_in_ms": 2000]) { _, new in new },
            of: brokerFields.filter { $0.key != "worker_type" }),
        Row(
            .restartRequested(EventExamples.broker, isDuplicate: false), "notice", "Child is being restarted", [:]),
        Row(
            .restartRequested(EventExamples.broker, isDuplicate: true), "debug", "Child is being restarted already",
            [:]),
        Row(
            .stateChanged(EventExamples.broker, from: "starting", to: "running", reason: "x"), "info", "State changed",
            ["from": "starting", "to": "running", "reason": "x"]),
        Row(.readinessChanged(EventExamples.broker, isReady: true), "info", "Child is ready", [:]),
        Row(.readinessChanged(EventExamples.broker, isReady: false), "info", "Child is not ready", [:]),
        Row(
            .decisionFailed(EventExamples.broker, error: "x"), "warning", "Worker failed to decide",
            worker.merging(["error": "x"]) { _, new in new }),
    ]

    private static let collectionRows = [
        Row(
            .collectionFailed(EventExamples.broker, error: "x"), "warning", "Observation failed",
            worker.merging(["error": "x"]) { _, new in new }),
        Row(.observationStale(EventExamples.broker, isStale: true), "warning", "Observation is stale", worker),
        Row(.observationStale(EventExamples.broker, isStale: false), "info", "Observation is fresh again", [:]),
        Row(
            .collectorRestarted(EventExamples.broker, count: 3), "warning", "Collector restarted",
            worker.merging(["count": 3]) { _, new in new }),
        Row(silent: .collected(EventExamples.broker, duration: .zero), "an observation"),
        Row(silent: .ticked(delay: .zero, duration: .zero, overran: false, waitingActions: 0), "a tick"),
    ]

    @Test(
        "each event makes its line with all of its fields",
        arguments: circuitRows + actionRows + childRows + collectionRows)
    func table(_ row: Row) throws {
        #expect(try Self.lines([row.event]) == [row.expected].compactMap(\.self))
    }

    @Test("a child's own escalation sends a person to the child's children, not to its lines")
    func nestedEscalation() {
        let failure = CheckFailure(
            check: ConsistencyCheck.childEscalated,
            child: "press",
            description: "flow: 5 deaths",
            impact: .singleWorker
        )
        let steps = EscalationAdvice(address: "", runDirectory: "/tmp/a dir's")
            .manualSteps(failure, of: HierarchyPath(root: "box"))
        let directory = #"--run-dir '/tmp/a dir'\''s'"#
        #expect(steps[1] == "Find the child below box/press that fails: gatewarden status \(directory)")
        #expect(!steps.contains { $0.contains("logs") })
    }

    @Test("the runbook is where the gateway listens, also on a port that the kernel has picked")
    func runbookAddress() {
        let advice = EscalationAdvice(address: "127.0.0.1:0", runDirectory: "/run")
        advice.serve(at: "127.0.0.1:4711")
        #expect(advice.runbookURL == "http://127.0.0.1:4711/runbooks/EscalationTriggered")
        advice.serve(withTLS: true)
        #expect(advice.runbookURL == "https://127.0.0.1:4711/runbooks/EscalationTriggered")
    }

    @Test("the runbook is where the configuration says, if it says so", arguments: ["", "/"])
    func runbookBase(_ end: String) {
        let advice = EscalationAdvice(
            address: "127.0.0.1:9620",
            runDirectory: "/run",
            runbookBaseURL: "https://wiki.example/box" + end
        )
        advice.serve(at: "127.0.0.1:4711")
        #expect(advice.runbookURL == "https://wiki.example/box/EscalationTriggered")
    }
}
