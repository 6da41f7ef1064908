import Glibc
import Testing

/// What a broker says and does.
@Suite("redpanda", .timeLimit(.minutes(2)))
struct RedpandaTests {
    @Test("a started broker is ready, healthy, and stops with exit 0")
    func healthy() async throws {
        let stage = try await BrokerStage()
        let program = try await stage.running()
        #expect(await stage.get("/v1/status/ready")?.body == #"{"status":"ready"}"#)
        let health = try #require(await stage.get("/v1/cluster/health_overview")).body
        #expect(health.hasPrefix(#"{"is_healthy":true,"unhealthy_reasons":[],"controller_id":0,"#))
        for key in ["all_nodes", "nodes_down", "nodes_in_recovery_mode", "leaderless_partitions", "leaderless_count"] {
            #expect(health.contains("\"\(key)\":"))
        }
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
    }

    @Test(
        "the metrics have the form of a real broker's",
        .enabled(if: Self.dump != nil, "GATEWARDEN_TEST_FIXTURES names no folder with a real broker's dump")
    )
    func metrics() async throws {
        let real = Self.families(try #require(Self.dump))
        let stage = try await BrokerStage()
        let program = try await stage.running()
        let own = Self.families(try #require(await stage.get("/public_metrics")).body)
        #expect(own.count >= 25)
        for (name, family) in own {
            #expect(real[name] == family, "\(name)")
        }
        await program.kill()
    }

    @Test("an unknown flag is refused")
    func unknownFlag() async throws {
        let stage = try await BrokerStage()
        let program = try stage.start(["--nonsense"])
        #expect(await program.end() != .exited(0))
        #expect(program.log.contains("unrecognised option '--nonsense'"))
    }

    @Test("a taken port ends the start with exit 1", arguments: ["kafka", "admin", "rpc"])
    func portInUse(_ port: String) async throws {
        let stage = try await BrokerStage()
        let number = ["kafka": stage.kafka, "admin": stage.admin][port] ?? stage.rpc
        let other = try await Peer(number)
        let program = try stage.start()
        #expect(await program.end() == .exited(1))
        #expect(program.log.contains("127.0.0.1:\(number): Address already in use"))
        await other.close()
    }

    @Test("cluster properties change at run time and are read back")
    func properties() async throws {
        let stage = try await BrokerStage()
        let program = try await stage.running()
        let change = #"{"upsert":{"log_retention_ms":60000},"remove":[]}"#
        let call = await HTTPCall.to(stage.admin, "/v1/cluster_config", method: "PUT", body: change)
        #expect(call?.body == #"{"config_version":2}"#)
        #expect(await stage.get("/v1/cluster_config")?.body.contains(#""log_retention_ms":60000"#) == true)
        let unknown = #"{"upsert":{"nonsense":1},"remove":[]}"#
        #expect(await HTTPCall.to(stage.admin, "/v1/cluster_config", method: "PUT", body: unknown)?.status == 400)
        await program.kill()
    }

    @Test("every provoked state is seen from outside", .disabled(if: Program.areReal, "needs the control endpoint"))
    func provoked() async throws {
        let stage = try await BrokerStage()
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
        try await eventually { await HTTPCall.to(stage.kafka, "/") == nil }
        let refused = await HTTPCall.to(stage.control, "/control", method: "PUT", body: #"{"nonsense":1}"#)
        #expect(refused?.status == 400)
        await program.kill()
    }

    @Test("a slow start answers that it is booting", .disabled(if: Program.areReal, "needs the control endpoint"))
    func booting() async throws {
        let stage = try await BrokerStage()
        let program = try stage.start(provoked: #"{"start_delay":"1h"}"#)
        try await eventually { await stage.get("/v1/status/ready")?.body == #"{"status":"booting"}"# }
        await program.kill()
    }

    @Test("a provoked crash is a real one", .disabled(if: Program.areReal, "needs the control endpoint"))
    func crash() async throws {
        let stage = try await BrokerStage()
        let program = try await stage.running()
        try await eventually {
            _ = await HTTPCall.to(stage.control, "/control", method: "PUT", body: #"{"crash":139}"#)
            return await stage.get("/v1/status/ready") == nil
        }
        #expect(await program.end() == .signalled(SIGSEGV))
    }

    /// The metrics of a real broker, which are not part of this repository.
    private static let dump = Program.variable("GATEWARDEN_TEST_FIXTURES").flatMap { folder in
        TemporaryFolder.text(folder + "/redpanda/public_metrics-v24.3.8.txt")
    }

    private struct Family: Equatable {
        var help = ""
        var type = ""
        var labels: Set<String> = []
    }

    /// The families of an exposition with the names of their labels.
    private static func families(_ text: String) -> [String: Family] {
        var (families, name) = ([String: Family](), "")
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            switch words[1] {
            case "HELP" where words[0] == "#":
                name = words[2]
                families[name, default: Family()].help = words[3]
            case "TYPE" where words[0] == "#": families[name]?.type = words[3]
            default:
                let labels = line.matches(of: #/([a-z_]+)="/#).map { String($0.1) }.joined(separator: ",")
                families[name]?.labels.insert(labels)
            }
        }
        return families
    }
}
