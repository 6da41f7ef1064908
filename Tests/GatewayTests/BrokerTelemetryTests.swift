import Exposition
import Supervision
import Testing

@testable import Gateway
@testable import Workers

@Suite("BrokerTelemetry")
struct BrokerTelemetryTests {
    private static let path = HierarchyPath(["box", "broker"])
    private let registry = MetricRegistry()
    private let log: RecordedLog
    private let telemetry: BrokerTelemetry

    init() throws {
        log = try RecordedLog("broker")
        let telemetry = BrokerTelemetry(metrics: try BrokerMetrics(registry), logger: log.logger)
        registry.collect { telemetry.collect(&$0) }
        self.telemetry = telemetry
        telemetry.open(Self.path)
    }

    private static func figures(_ text: String) throws -> BrokerFigures {
        try BrokerFigures(EndpointAnswer(status: 200, contentType: nil, body: Array(text.utf8)))
    }

    private static func condition(
        _ readiness: BrokerCondition.Readiness = .ready,
        unreachable: String? = nil,
        figures: BrokerFigures? = nil
    ) -> BrokerCondition {
        BrokerCondition(
            readiness: readiness,
            unreadyLooks: 0,
            readyFor: .seconds(5),
            unreachable: unreachable,
            unreachableLooks: 0,
            complaints: [],
            unhealthyLooks: 0,
            logTrouble: nil,
            isMoving: false,
            figures: figures
        )
    }

    private static func running(
        pid: Int32 = 11,
        _ condition: BrokerCondition? = nil,
        portHolder: String? = nil
    ) -> RedpandaObservation {
        RedpandaObservation(
            process: ProcessObservation(phase: .running(pid: pid)),
            condition: condition,
            portHolder: portHolder
        )
    }

    private func note(_ observations: RedpandaObservation...) {
        for observation in observations { telemetry.brokerObserved(Self.path, observation) }
    }

    @Test("every figure of a broker has its series")
    func figures() throws {
        let figures = try Self.figures(
            """
            redpanda_application_uptime_seconds_total 12.5
            redpanda_storage_disk_free_bytes 700
            redpanda_storage_disk_total_bytes 1000
            redpanda_storage_disk_free_space_alert 1
            redpanda_cluster_unavailable_partitions 2
            redpanda_kafka_request_bytes_total{redpanda_request="produce"} 30
            redpanda_kafka_request_bytes_total{redpanda_request="consume"} 40
            redpanda_memory_available_memory{shard="0"} 5
            redpanda_memory_available_memory{shard="1"} 6

            """)
        note(Self.running(Self.condition(figures: figures)))
        let child = #"{child="box/broker"}"#
        #expect(
            registry.samples == [
                "gatewarden_broker_ready\(child) 1", "gatewarden_broker_disk_free_bytes\(child) 700",
                "gatewarden_broker_disk_total_bytes\(child) 1000", "gatewarden_broker_disk_alert\(child) 1",
                "gatewarden_broker_unavailable_partitions\(child) 2",
                "gatewarden_broker_produced_bytes_total\(child) 30",
                "gatewarden_broker_consumed_bytes_total\(child) 40", "gatewarden_broker_uptime_seconds\(child) 12.5",
                "gatewarden_broker_memory_available_bytes\(child) 11",
            ])
    }

    private static let unreadyBrokers: [RedpandaObservation] = [
        RedpandaObservation(condition: condition()), running(), running(condition(.booting)),
        running(condition(.unanswered("timeout"))), running(condition(unreachable: "clients cannot connect")),
        running(condition(), portHolder: "nginx (pid 7)"),
    ]

    @Test("of a broker that is not ready and says nothing, only that is known", arguments: unreadyBrokers)
    func unready(_ observation: RedpandaObservation) {
        note(observation)
        #expect(registry.samples == [#"gatewarden_broker_ready{child="box/broker"} 0"#])
    }

    @Test("each change of the disk's alert is told once, worse ones as warnings")
    func diskAlert() throws {
        for (pid, level) in [(11, 0), (11, 1), (11, 1), (12, nil), (12, 1), (12, 2), (12, 1), (12, 0), (12, 0)]
            as [(Int32, Int?)]
        {
            let figures = try level.map {
                try Self.figures("redpanda_storage_disk_free_bytes 9\nredpanda_storage_disk_free_space_alert \($0)\n")
            }
            note(Self.running(pid: pid, Self.condition(figures: figures)))
        }
        let lines = try log.finish()
        let (raised, eased) = ("Broker disk alert raised", "Broker disk alert eased")
        #expect(lines.map(\.msg) == [raised, raised, eased, eased])
        #expect(lines.map(\.level) == ["warning", "warning", "info", "info"])
        #expect(lines.map { $0.fields["from"] } == ["ok", "low", "degraded", "low"])
        #expect(lines.map { $0.fields["to"] } == ["low", "degraded", "low", "ok"])
        #expect(lines.allSatisfy { $0.fields["disk_free_bytes"] == 9 && $0.path == "box/broker" })
    }

    @Test("another process on the admin port is told once for each process of the broker")
    func portHolder() throws {
        note(
            Self.running(pid: 11), Self.running(pid: 11, portHolder: "nginx (pid 7)"),
            Self.running(pid: 11, portHolder: "nginx (pid 7)"), RedpandaObservation(),
            Self.running(pid: 12, portHolder: "nginx (pid 7)")
        )
        let lines = try log.finish()
        #expect(lines.map(\.msg) == Array(repeating: "Port held by another process", count: 2))
        #expect(lines.allSatisfy { $0.level == "warning" && $0.fields["error"] == "nginx (pid 7)" })
    }

    @Test("a broker that has gone leaves nothing, and a late observation does not bring it back")
    func closing() throws {
        note(Self.running(Self.condition()))
        telemetry.close(Self.path)
        note(Self.running(Self.condition(), portHolder: "nginx (pid 7)"))
        #expect(registry.samples.isEmpty)
        #expect(try log.finish().isEmpty)
    }
}
