import Glibc
import ProcessControl
import StandinsTesting
import Supervision
import Testing

@testable import Workers

/// What a broker's worker makes of every state that a broker can be in.
@Suite(
    "Broker: situations", .enabled(if: Program.broker.isThere, "no redpanda or rpk on PATH"), .timeLimit(.minutes(5)))
struct BrokerSituationTests {
    /// What a stand-in is made to do, and what the worker says to it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let provoked: String
        let reason: String
        let isReady: Bool
        let repaired: String

        var testDescription: String { provoked }

        init(_ provoked: String, _ reason: String, isReady: Bool, repaired: String) {
            (self.provoked, self.reason, self.isReady, self.repaired) = (provoked, reason, isReady, repaired)
        }
    }

    private let folder = TemporaryFolder()

    @Test("a broker starts, becomes idle and ready, and is stopped again")
    func life() async throws {
        let scene = BrokerScene()
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.child("broker", becomes: "starting")
            try await box.child("broker", becomes: "idle")
            try await box.child("broker", isReady: true)
            let seen = try await box.broker { $0.condition?.figures != nil }
            #expect(seen.condition?.unreadiness == nil)
            #expect(seen.condition?.figures?.uptime != nil)
            #expect(seen.portHolder == nil)
            try await box.stop("broker")
            try await box.child("broker", becomes: "stopping")
            #expect(try await box.ends("broker") == .exited(code: 0))
            try await box.child("broker", becomes: "stopped")
        }
    }

    @Test("a broker that is slow to start stays in its start", .disabled(if: Program.areReal, "needs a slow start"))
    func slowStart() async throws {
        var scene = BrokerScene()
        scene.provoked = #"{"start_delay":"2s"}"#
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.child("broker", becomes: "starting")
            let starting = try await box.broker { $0.process.startup != .pending(lastFailure: nil) }
            #expect(starting.condition == nil)
            try await box.child("broker", becomes: "idle")
        }
    }

    @Test("data makes a broker active, and without it it is idle again")
    func activity() async throws {
        let scene = BrokerScene()
        let flow = FlowScene(FlowScene.kafka(scene.kafka.number))
        try await Box.run(try scene.child(in: folder), try flow.child(), in: folder) { box in
            try await box.child("broker", becomes: "active")
            try await box.stop("flow")
            try await box.child("broker", becomes: "idle")
        }
    }

    @Test(
        "a broker is degraded by each cause, says which, and recovers when the cause is gone",
        .disabled(if: Program.areReal, "needs the control endpoint"),
        arguments: [
            Fault(#"{"ready":"booting"}"#, "booting", isReady: false, repaired: #"{"ready":"ready"}"#),
            Fault(
                #"{"unhealthy":["leaderless_partitions","nodes_down"]}"#,
                "unhealthy: leaderless partitions, nodes down",
                isReady: true,
                repaired: #"{"unhealthy":[]}"#
            ),
            Fault(#"{"disk_alert":1}"#, "room on its disk is low", isReady: true, repaired: #"{"disk_alert":0}"#),
            Fault(
                #"{"disk_alert":2}"#,
                "its disk is full, it takes no more data",
                isReady: true,
                repaired: #"{"disk_alert":0}"#
            ),
            Fault(
                #"{"unavailable_partitions":3}"#,
                "3 partitions unavailable",
                isReady: true,
                repaired: #"{"unavailable_partitions":0}"#
            ),
            Fault(#"{"kafka":"closed"}"#, "clients cannot connect: ", isReady: false, repaired: #"{"kafka":"open"}"#),
            Fault(#"{"admin":"hang"}"#, "", isReady: false, repaired: #"{"admin":"ok"}"#),
        ])
    func degraded(_ fault: Fault) async throws {
        let scene = BrokerScene()
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.child("broker", isReady: true)
            try await scene.provoke(fault.provoked)
            let reason = try await box.child("broker", becomes: "degraded")
            #expect(reason?.hasPrefix(fault.reason) == true, "\(reason ?? "")")
            if !fault.isReady { try await box.child("broker", isReady: false) }
            try await scene.provoke(fault.repaired)
            try await box.child("broker", becomes: "idle")
            if !fault.isReady { try await box.child("broker", isReady: true) }
        }
    }

    @Test(
        "an unhealthy cluster counts from the third overview on",
        .disabled(if: Program.areReal, "needs the control endpoint"))
    func unhealthyOnce() async throws {
        let scene = BrokerScene()
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.child("broker", isReady: true)
            try await scene.provoke(#"{"unhealthy":["no_elected_controller"]}"#)
            for count in 1...2 {
                let seen = try await box.broker { $0.condition?.unhealthyLooks == count }
                #expect(seen.condition?.degradation == nil)
            }
            let seen = try await box.broker { $0.condition?.unhealthyLooks == 3 }
            #expect(seen.condition?.degradation == "unhealthy: no elected controller")
        }
    }

    @Test("a long stall of a reactor degrades the broker", .disabled(if: Program.areReal, "needs the control endpoint"))
    func reactorStall() async throws {
        let scene = BrokerScene()
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.child("broker", isReady: true)
            try await scene.provoke(#"{"reactor_stall_ms":400}"#)
            try await scene.provoke(#"{"reactor_stall_ms":612}"#)
            let reason = try await box.child("broker", becomes: "degraded")
            #expect(reason == "a reactor stalled for 612 ms")
        }
    }

    @Test("a broker that complains of an address in use and goes on is degraded, and others rely on it")
    func addressInUse() async throws {
        var scene = BrokerScene()
        let complaint = "rpc - listen failed for 127.0.0.1:8082: Address already in use"
        scene.wrapper = ["sh", "-c", #"echo "WARN $0"; exec "$@""#, complaint]
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            let reason = try await box.child("broker", becomes: "degraded")
            #expect(reason == "its log says: Address already in use")
            try await box.child("broker", isReady: true)
        }
    }

    @Test("a broker whose port for clients is taken does not start, says why, and starts once the port is free")
    func kafkaPortTaken() async throws {
        let scene = BrokerScene()
        let squatter = try await Peer(scene.kafka.number)
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.child("broker", becomes: "failed")
            let seen = try await box.broker { !$0.process.isRunning && $0.logTrouble != nil }
            #expect(seen.logTrouble == "its log says: Address already in use")
            await squatter.close()
            try await box.child("broker", becomes: "idle")
            try await box.child("broker", isReady: true)
        }
    }

    @Test("a broker that crashes is started again, and nothing of the crash remains")
    func crash() async throws {
        let scene = BrokerScene()
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            let pid = try await box.starts("broker")
            try await box.child("broker", becomes: "idle")
            kill(pid, SIGKILL)
            // That it is not ready any more may be seen before or after its end.
            #expect(try await box.ends("broker") == .signaled(.kill, coreDumped: false))
            #expect(try await box.starts("broker") != pid)
            try await box.child("broker", becomes: "idle")
            let seen = try await box.broker { $0.condition?.figures != nil }
            #expect(seen.condition?.degradation == nil)
        }
    }

    @Test("cluster properties are set and read back, and a change of them starts nothing anew")
    func properties() async throws {
        var scene = BrokerScene()
        let first: [String: BrokerProperty] = ["log_retention_ms": .integer(3_600_000)]
        scene.properties = first
        try await Box.run(try scene.child(in: folder), in: folder) { box in
            try await box.broker { $0.properties == first }
            let text = try #require(await HTTPCall.to(scene.admin.number, "/v1/cluster_config")?.body)
            #expect(text.contains("3600000"))
            let second: [String: BrokerProperty] = [
                "log_retention_ms": .integer(7_200_000), "auto_create_topics_enabled": .boolean(false),
            ]
            scene.properties = second
            await box.update(try scene.child(in: folder))
            // Had the broker been started anew, there would be an observation without properties in between.
            let seen = try await box.broker { $0.properties != first }
            #expect(seen.properties == second)
        }
    }

    @Test("who answers on the admin port and is not the broker takes its readiness away")
    func wrongListener() async throws {
        var scene = BrokerScene()
        let gate = folder.path + "/gate"
        #expect(mkfifo(gate, 0o600) == 0)
        scene.wrapper = ["sh", "-c", #"read -r _ < "$0"; exec "$@""#, gate]
        let body = #"{"status":"ready"}"#
        let answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
        let stranger = try await Peer(scene.admin.number, .answer(answer))
        try await Box.run(try scene.child(in: folder), root: .checked, in: folder) { box in
            let seen = try await box.broker { $0.portHolder != nil }
            #expect(seen.portHolder?.contains("\(getpid())") == true, "\(seen.portHolder ?? "")")
            let reason = try await box.child("broker", becomes: "degraded")
            #expect(reason?.hasPrefix("its admin port \(scene.admin.number) is held by ") == true, "\(reason ?? "")")
            let failure = try await box.opens()
            #expect(failure.check == BrokerChecks.wrongListener)
            await stranger.close()
        }
    }
}
