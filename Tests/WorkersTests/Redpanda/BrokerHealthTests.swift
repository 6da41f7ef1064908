import Testing
import Workers

@Suite("BrokerHealth and BrokerReadiness")
struct BrokerHealthTests {
    @Test("the body says whether a broker is ready, the status does not")
    func readiness() throws {
        #expect(try BrokerReadiness(EndpointAnswer(#"{"status":"ready"}"#)) == .ready)
        #expect(try BrokerReadiness(EndpointAnswer(#"{"status":"booting"}"#)) == .booting)
        #expect(throws: AnswerError.unexpectedStatus(503, expected: [200])) {
            try BrokerReadiness(EndpointAnswer(#"{"status":"ready"}"#, status: 503))
        }
        for body in [#"{"status":"dreaming"}"#, "{}", "ready"] {
            #expect(throws: AnswerError.self) { try BrokerReadiness(EndpointAnswer(body)) }
        }
    }

    @Test("every field of the overview is read")
    func everyField() throws {
        let health = try BrokerHealth(
            EndpointAnswer(
                """
                {"is_healthy": false, "unhealthy_reasons": ["nodes_down", "leaderless_partitions",
                "under_replicated_partitions", "no_elected_controller", "no_health_report", "full_moon"],
                "controller_id": -1, "all_nodes": [0, 1], "nodes_down": [1], "nodes_in_recovery_mode": [0],
                "leaderless_partitions": ["kafka/t/0"], "leaderless_count": 200,
                "under_replicated_partitions": ["kafka/t/1"], "under_replicated_count": 300, "bytes_in_cloud": 5}
                """))
        #expect(health.isHealthy == false && health.controllerID == -1)
        let reasons: [BrokerHealth.Reason] = [
            .nodesDown, .leaderlessPartitions, .underReplicatedPartitions, .noElectedController, .noHealthReport,
            .other("full_moon"),
        ]
        #expect(health.unhealthyReasons == reasons)
        #expect(health.allNodes == [0, 1] && health.nodesDown == [1] && health.nodesInRecoveryMode == [0])
        #expect(health.leaderlessPartitions == ["kafka/t/0"] && health.leaderlessCount == 200)
        #expect(health.underReplicatedPartitions == ["kafka/t/1"] && health.underReplicatedCount == 300)
    }

    @Test("what is missing is unknown, and lists are kept up to their bound")
    func missing() throws {
        let empty = try BrokerHealth(EndpointAnswer("{}"))
        #expect(empty.isHealthy == nil && empty.unhealthyReasons == nil && empty.controllerID == nil)
        #expect(empty.allNodes == nil && empty.leaderlessPartitions == nil && empty.underReplicatedCount == nil)
        let names = Array(repeating: "\"\(String(repeating: "x", count: 300))\"", count: 130).joined(separator: ",")
        let long = try BrokerHealth(EndpointAnswer("{\"leaderless_partitions\":[\(names)]}"))
        #expect(long.leaderlessPartitions?.count == 128 && long.leaderlessPartitions?.first?.utf8.count == 256)
        #expect(throws: AnswerError.self) { try BrokerHealth(EndpointAnswer(#"{"is_healthy":"yes"}"#)) }
    }
}
