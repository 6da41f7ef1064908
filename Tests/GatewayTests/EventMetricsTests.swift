import AsyncHTTPClient
import Glibc
import JSONLogging
import Logging
import NIOPosix
import OperatorHTTP
import Probes
import ProcessControl
import SupervisionTesting
import SystemPackage
import Testing
import Workers

@testable import Gateway
@testable import Supervision

@Suite("EventMetrics")
struct EventMetricsTests {
    private let clock = ManualClock()
    private let telemetry: Telemetry
    private let metrics: EventMetrics

    init() throws {
        telemetry = try Telemetry(
            startedAt: .zero,
            log: LogWriter(descriptor: STDERR_FILENO),
            advice: EscalationAdvice(address: "127.0.0.1:9620", runDirectory: "/run/gatewarden"),
            now: { [clock] in clock.now }
        )
        let logger = Logger(label: "test")
        let reactor = try ProcessReactor()
        let programs = ProgramDependencies(
            reactor: reactor,
            probers: ProberFactory(
                client: HTTPClient.shared,
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                reactor: reactor
            ),
            listener: ProcessTelemetry(ledger: telemetry.ledger, secrets: SecretRegistry(), logger: logger)
        )
        let directory = FilePath("/nowhere")
        let catalog = WorkerCatalog(
            WorkerCatalog.Dependencies(
                programs: programs,
                flows: FlowDependencies(
                    programs: programs,
                    client: HTTPClient.shared,
                    ports: FlowPorts(range: 14200...14299),
                    directory: directory,
                    listener: telemetry.flows,
                    now: { .start }
                ),
                brokers: BrokerDependencies(
                    programs: programs,
                    client: HTTPClient.shared,
                    directory: directory,
                    listener: telemetry.brokers,
                    now: { .start }
                ),
                connections: ConnectionWorker.Dependencies(
                    probers: programs.probers,
                    listener: telemetry.connections,
                    now: { .start }
                )
            )
        )
        metrics = EventMetrics(telemetry, catalog: catalog, logger: logger)
    }

    /// The samples that the metrics show, without HELP and TYPE.
    private var samples: [Substring] {
        let text = String(decoding: telemetry.rendition(accept: nil).render(), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    private func record(_ events: [SupervisionEvent]) {
        for event in events { metrics.record(event) }
    }

    /// What happens to a root with a broker, and the samples that show it.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let events: [SupervisionEvent]
        let samples: [String]

        init(_ name: String, _ events: [SupervisionEvent], _ samples: String...) {
            testDescription = name
            self.events = events
            self.samples = samples
        }
    }

    private static let open = #"supervisor_circuit_breaker_open{supervisor="box"}"#
    private static let failures =
        #"supervisor_infrastructure_check_failures_total{check="crash_loop",child_name="broker",supervisor="box"}"#
    private static let recoveries = #"supervisor_circuit_breaker_recoveries_total{supervisor="box"}"#
    private static let escalations = #"supervisor_escalations_total{child_name="broker",supervisor="box"}"#
    private static let during = #"supervisor_actions_during_circuit_total{supervisor="box"}"#
    private static let after = "supervisor_action_post_circuit_duration_seconds"
    private static let restarts = "gatewarden_supervisor_restarts_total"

    private static let rows = [
        Row(
            "all series are there before anything has happened",
            [],
            "\(open) 0", "\(failures) 0", "\(recoveries) 0", "\(escalations) 0", "\(during) 0",
            #"supervisor_infrastructure_check_failures_total{check="child_escalated",child_name="broker",supervisor="box"} 0"#,
            #"\#(after)_count{supervisor="box"} 0"#,
            #"\#(restarts){child="box/broker",result="restarted"} 0"#,
            #"\#(restarts){child="box/broker",result="deduplicated"} 0"#,
            #"gatewarden_worker_errors_total{child="box/broker"} 0"#,
            #"gatewarden_supervisor_reconciles_total{result="created"} 2"#,
            #"gatewarden_supervisor_reconciles_total{result="failed"} 0"#,
            "gatewarden_supervisor_tree_depth 2", "gatewarden_supervisor_nodes 2",
            "gatewarden_collector_restarts_total 0", "gatewarden_collector_stale 0",
            #"gatewarden_child_ready{child="box/broker",worker_type="process"} 0"#
        ),
        Row("a circuit opens", [EventExamples.circuit(.opened)], "\(open) 1", "\(failures) 1", "\(recoveries) 0"),
        Row(
            "attempts fail, and only that counts",
            [
                EventExamples.circuit(.opened), EventExamples.circuit(.stillOpen),
                EventExamples.circuit(.attemptFailed, attempts: 1), EventExamples.circuit(.attemptFailed, attempts: 4),
                EventExamples.circuit(.lastAttempt, attempts: 4),
            ],
            "\(open) 1", "\(failures) 3", "\(escalations) 0"
        ),
        Row(
            "an incident escalates",
            [EventExamples.circuit(.opened), EventExamples.circuit(.escalated, attempts: 5)],
            "\(open) 1", "\(failures) 1", "\(escalations) 1"
        ),
        Row(
            "a circuit recovers",
            [EventExamples.circuit(.opened), EventExamples.circuit(.recovered)],
            "\(open) 0", "\(failures) 1", "\(recoveries) 1"
        ),
        Row(
            "a circuit is reset",
            [EventExamples.circuit(.opened), EventExamples.circuit(.reset)],
            "\(open) 0", "\(recoveries) 0"
        ),
        Row(
            "a supervisor is replaced while its circuit is open",
            [
                EventExamples.circuit(.opened), .childRemoved(EventExamples.root, isFinal: false),
                .childCreated(EventExamples.root, children: ["broker"], checks: EventExamples.checks),
            ],
            "\(open) 0", "\(failures) 1",
            #"gatewarden_supervisor_reconciles_total{result="removed"} 1"#
        ),
        Row(
            "an action ends after the circuit has opened",
            [.actionOutlasted(EventExamples.root, ranOn: .seconds(3))],
            "\(during) 1",
            #"\#(after)_bucket{supervisor="box",le="1"} 0"#, #"\#(after)_bucket{supervisor="box",le="5"} 1"#,
            #"\#(after)_sum{supervisor="box"} 3"#
        ),
        Row(
            "restarts are asked for",
            [
                .restartRequested(EventExamples.broker, isDuplicate: false),
                .restartRequested(EventExamples.broker, isDuplicate: true),
                .restartRequested(EventExamples.broker, isDuplicate: true),
            ],
            #"\#(restarts){child="box/broker",result="restarted"} 1"#,
            #"\#(restarts){child="box/broker",result="deduplicated"} 2"#
        ),
        Row(
            "a worker throws",
            [.decisionFailed(EventExamples.broker, error: "x")],
            #"gatewarden_worker_errors_total{child="box/broker"} 1"#
        ),
        Row(
            "a child cannot be created, another specification changes",
            [
                .childCreationFailed(EventExamples.root.path.appending("x"), error: "x", retryAfter: .seconds(1)),
                .childUpdated(EventExamples.root, children: ["broker"], checks: EventExamples.checks),
            ],
            #"gatewarden_supervisor_reconciles_total{result="failed"} 1"#,
            #"gatewarden_supervisor_reconciles_total{result="updated"} 1"#
        ),
        Row(
            "observations become stale, and collectors are replaced",
            [
                .observationStale(EventExamples.broker, isStale: true),
                .observationStale(EventExamples.root, isStale: true),
                .collectorRestarted(EventExamples.broker, count: 1),
                .observationStale(EventExamples.root, isStale: false),
            ],
            "gatewarden_collector_stale 1", "gatewarden_collector_restarts_total 1"
        ),
    ]

    @Test("what happens shows in the metrics", arguments: rows)
    func table(_ row: Row) {
        record(EventExamples.creation + row.events)
        let samples = Set(self.samples)
        for sample in row.samples { #expect(samples.contains(Substring(sample)), "\(sample)") }
    }

    @Test("a child that is removed for good leaves no series, one that is replaced keeps its counts")
    func removal() {
        record(EventExamples.creation)
        let before = samples
        let flow = EventExamples.child("flow", instance: 3)
        record([
            .childUpdated(
                EventExamples.root,
                children: ["broker", "flow"],
                checks: EventExamples.checks + [CheckLabel(check: "crash_loop", child: "flow")]
            ),
            .childCreated(flow, children: [], checks: []),
            .restartRequested(flow, isDuplicate: false),
            .actionCompleted(
                flow,
                ActionOutcome(name: "start-process", result: .success, endedAt: .start, duration: .zero)
            ),
            .childRemoved(flow, isFinal: false),
        ])
        #expect(samples.contains(#"\#(Self.restarts){child="box/flow",result="restarted"} 1"#))
        record([.childCreated(flow, children: [], checks: []), .childRemoved(flow, isFinal: true)])
        #expect(!samples.contains { $0.contains("flow") })
        #expect(samples.filter { $0.contains("broker") } == before.filter { $0.contains("broker") })
    }

    @Test("a tick shows how late it began and how long it took; its age rises until the next one has ended")
    func ticks() {
        clock.advance(by: .seconds(10))
        #expect(samples.contains("gatewarden_supervisor_tick_age_seconds 10"))
        let (delay, duration) = (Duration.milliseconds(30), Duration.milliseconds(500))
        record([.ticked(delay: delay, duration: duration, overran: true, waitingActions: 4)])
        clock.advance(by: .seconds(7))
        let name = "gatewarden_supervisor_tick"
        for sample in [
            #"\#(name)_delay_seconds_bucket{le="0.01"} 0"#, #"\#(name)_delay_seconds_bucket{le="0.1"} 1"#,
            #"\#(name)_duration_seconds_bucket{le="0.1"} 0"#, #"\#(name)_duration_seconds_bucket{le="1"} 1"#,
            "\(name)_overruns_total 1", "\(name)_age_seconds 7.5", "gatewarden_action_queue_length 4",
        ] {
            #expect(samples.contains(Substring(sample)), "\(sample)")
        }
    }
}
