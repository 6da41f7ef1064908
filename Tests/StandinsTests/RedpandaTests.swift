import Glibc
import StandinsTesting
import Synchronization
import Testing

/// What a broker says and does.
@Suite(
    "redpanda", .enabled(if: Program.broker.isThere, "no redpanda or rpk on PATH"), .timeLimit(.minutes(5)))
struct RedpandaTests {
    @Test("a started broker is ready, healthy, and stops with exit 0")
    func healthy() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        #expect(await stage.get("/v1/status/ready")?.body == #"{"status":"ready"}"#)
        let health = try #require(await stage.get("/v1/cluster/health_overview")).body
        #expect(
            health == #"{"is_healthy":true,"unhealthy_reasons":[],"controller_id":0,"all_nodes":[0],"nodes_down":[],"#
                + #""nodes_in_recovery_mode":[],"leaderless_partitions":[],"leaderless_count":0,"#
                + #""under_replicated_partitions":[],"under_replicated_count":0}"#)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("an unknown flag is refused")
    func unknownFlag() async throws {
        let stage = BrokerStage()
        let program = try stage.start(["--nonsense"])
        #expect(await program.end() != .exited(0))
        #expect(program.log.contains("unrecognised option '--nonsense'"))
    }

    @Test("a taken port ends the start with exit 1", arguments: ["kafka", "admin", "rpc"])
    func portInUse(_ port: String) async throws {
        let stage = BrokerStage()
        let number = ["kafka": stage.kafka, "admin": stage.admin][port] ?? stage.rpc
        let other = try await Peer(number)
        let program = try stage.start()
        #expect(await program.end() == .exited(1))
        #expect(program.log.contains("127.0.0.1:\(number): Address already in use"))
        await other.close()
    }

    @Test("cluster properties change at run time and are read back")
    func properties() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        let change = #"{"upsert":{"log_retention_ms":60000},"remove":[]}"#
        let call = await HTTPCall.to(stage.admin, "/v1/cluster_config", method: "PUT", body: change)
        #expect(call?.body == #"{"config_version":2}"#)
        #expect(await stage.get("/v1/cluster_config")?.body.contains(#""log_retention_ms":60000"#) == true)
        let removal = #"{"upsert":{},"remove":["log_retention_ms"]}"#
        _ = await HTTPCall.to(stage.admin, "/v1/cluster_config", method: "PUT", body: removal)
        #expect(await stage.get("/v1/cluster_config")?.body.contains(#""log_retention_ms":604800000"#) == true)
        let unknown = #"{"upsert":{"nonsense":1},"remove":[]}"#
        #expect(await HTTPCall.to(stage.admin, "/v1/cluster_config", method: "PUT", body: unknown)?.status == 400)
        await program.kill()
    }

    @Test("every provoked state is seen from outside", .disabled(if: Program.areReal, "needs the control endpoint"))
    func provoked() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        try await stage.provoke(
            #"""
            {"ready":"booting","disk_alert":1,"disk_free":1000,"unhealthy":["leaderless_partitions"],
            "unavailable_partitions":2,"reactor_stall_ms":800}
            """#
        )
        let ready = await stage.get("/v1/status/ready")
        #expect(ready?.status == 200 && ready?.body == #"{"status":"booting"}"#)
        let health = await stage.get("/v1/cluster/health_overview")?.body ?? ""
        #expect(health.contains(#""is_healthy":false,"unhealthy_reasons":["leaderless_partitions"]"#))
        #expect(health.contains(#""leaderless_count":2"#))
        #expect(await stage.value("redpanda_storage_disk_free_space_alert{}") == 1)
        #expect(await stage.value("redpanda_storage_disk_free_bytes{}") == 1000)
        #expect(await stage.value("redpanda_cluster_unavailable_partitions{}") == 2)
        #expect(program.log.contains("Reactor stalled for 800 ms"))
        try await stage.provoke(#"{"kafka":"closed"}"#)
        try await eventually { await !Peer.isOpen(stage.kafka) }
        let refused = await HTTPCall.to(stage.control, "/control", method: "PUT", body: #"{"nonsense":1}"#)
        #expect(refused?.status == 400)
        await program.kill()
    }

    @Test(
        "every reason to be unhealthy is named with what belongs to it",
        .disabled(if: Program.areReal, "needs the control endpoint"),
        arguments: [
            ("nodes_down", #""nodes_down":[1]"#), ("no_elected_controller", #""controller_id":-1"#),
            ("no_health_report", #""unhealthy_reasons":["no_health_report"]"#),
            ("leaderless_partitions", #""leaderless_partitions":["kafka/t1/0"],"leaderless_count":1"#),
            (
                "under_replicated_partitions",
                #""under_replicated_partitions":["kafka/t1/0"],"under_replicated_count":1"#
            ),
        ])
    func unhealthy(_ reason: String, _ sign: String) async throws {
        let stage = BrokerStage()
        let program = try stage.start(provoked: #"{"unhealthy":["\#(reason)"]}"#)
        try await eventually { await stage.get("/v1/cluster/health_overview") != nil }
        let health = await stage.get("/v1/cluster/health_overview")?.body ?? ""
        #expect(health.hasPrefix(#"{"is_healthy":false,"unhealthy_reasons":["\#(reason)"],"#))
        #expect(health.contains(sign))
        try await stage.provoke(#"{"unhealthy":[]}"#)
        #expect(await stage.get("/v1/cluster/health_overview")?.body.contains(#""is_healthy":true"#) == true)
        await program.kill()
    }

    @Test("at most 128 leaderless partitions are named", .disabled(if: Program.areReal, "needs the control endpoint"))
    func manyLeaderless() async throws {
        let stage = BrokerStage()
        let program = try stage.start(
            provoked: #"{"unhealthy":["leaderless_partitions"],"unavailable_partitions":200}"#)
        try await eventually { await stage.get("/v1/cluster/health_overview") != nil }
        let health = await stage.get("/v1/cluster/health_overview")?.body ?? ""
        #expect(health.contains(#""leaderless_count":200"#))
        #expect(health.matches(of: #/kafka/t1/#).count == 128)
        await program.kill()
    }

    @Test("the disk alert has three levels", .disabled(if: Program.areReal, "needs the control endpoint"))
    func diskAlert() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        for level in [0, 1, 2] {
            try await stage.provoke(#"{"disk_alert":\#(level)}"#)
            #expect(await stage.value("redpanda_storage_disk_free_space_alert{}") == Double(level))
        }
        let refused = await HTTPCall.to(stage.control, "/control", method: "PUT", body: #"{"disk_alert":3}"#)
        #expect(refused?.status == 400)
        await program.kill()
    }

    @Test(
        "a hanging admin API takes connections and answers nobody",
        .disabled(if: Program.areReal, "needs the control endpoint"))
    func adminHangs() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        try await stage.provoke(#"{"admin":"hang"}"#)
        let answered = Mutex(false)
        async let late = {
            defer { answered.withLock { $0 = true } }
            return await stage.get("/v1/status/ready")
        }()
        // Another connection is taken while the first one waits, and the process goes on.
        try await eventually { await Peer.isOpen(stage.admin) }
        for _ in 0..<3 { try await stage.provoke("{}") }
        #expect(!answered.withLock { $0 })
        try await stage.provoke(#"{"admin":"ok"}"#)
        #expect(await late?.body == #"{"status":"ready"}"#)
        await program.kill()
    }

    @Test("a closed Kafka port opens again", .disabled(if: Program.areReal, "needs the control endpoint"))
    func kafkaPort() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        try await stage.provoke(#"{"kafka":"closed"}"#)
        try await eventually { await !Peer.isOpen(stage.kafka) }
        #expect(await stage.get("/v1/status/ready")?.status == 200)
        try await stage.provoke(#"{"kafka":"open"}"#)
        try await eventually { await Peer.isOpen(stage.kafka) }
        await program.kill()
    }

    @Test("a slow stop goes on until it is killed", .disabled(if: Program.areReal, "needs the control endpoint"))
    func slowStop() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        try await stage.provoke(#"{"stop_delay":"1h"}"#)
        program.send(SIGTERM)
        try await eventually { program.log.contains("Stopping...") }
        #expect(await stage.get("/v1/status/ready")?.status == 200)
        program.send(SIGKILL)
        #expect(await program.end() == .signalled(SIGKILL))
    }

    @Test("rpk starts the same broker", .enabled(if: Program.rpkRedpanda.isThere, "no rpk on PATH"))
    func rpk() async throws {
        let stage = BrokerStage()
        let program = try stage.start(by: .rpkRedpanda)
        try await eventually { program.log.contains("Successfully started Redpanda!") }
        #expect(await stage.get("/v1/status/ready")?.body == #"{"status":"ready"}"#)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test("a slow start answers that it is booting", .disabled(if: Program.areReal, "needs the control endpoint"))
    func booting() async throws {
        let stage = BrokerStage()
        let program = try stage.start(provoked: #"{"start_delay":"1h"}"#)
        try await eventually { await stage.get("/v1/status/ready")?.body == #"{"status":"booting"}"# }
        await program.kill()
    }

    @Test("a provoked crash is a real one", .disabled(if: Program.areReal, "needs the control endpoint"))
    func crash() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        try await eventually {
            _ = await HTTPCall.to(stage.control, "/control", method: "PUT", body: #"{"crash":139}"#)
            return await stage.get("/v1/status/ready") == nil
        }
        #expect(await program.end() == .signalled(SIGSEGV))
    }
}
