import StandinsTesting
import Testing

@testable import Workers

/// What a flow's worker makes of every situation that was measured on a real benthos.
@Suite(
    "Flows: situations", .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct FlowSituationTests {
    @Test("a healthy flow is active and ready, with one connection")
    func healthy() async throws {
        try await Box.run(try FlowScene().child()) { box in
            let seen = try await box.flow { $0.isReady && $0.sent > 5 }
            #expect(seen.condition?.readiness == .ready)
            #expect(seen.condition?.figures?.liveOutputConnections == 1)
            #expect(seen.portHolder == nil)
            try await box.child(becomes: "active")
        }
    }

    @Test("an output that never connected: degraded with the reason, no connection, and failures that rise")
    func neverConnected() async throws {
        let nobody = PortLease()
        try await Box.run(try FlowScene(FlowScene.socket(nobody.number)).child()) { box in
            let seen = try await box.flow { $0.failures > 0 }
            #expect(!seen.isReady)
            #expect(seen.outputs?.connectionUp == 0)
            let more = try await box.flow { $0.failures > seen.failures }
            #expect(more.condition?.figures?.liveOutputConnections == 0)
            #expect(more.condition?.unreadiness?.contains("output \"out\" is not connected") == true)
        }
    }

    @Test("a lost output degrades the flow, and it is active again when it has reconnected")
    func lostAndReconnected() async throws {
        let lease = PortLease()
        let first = try await Peer(lease.number)
        try await Box.run(try FlowScene(FlowScene.socket(lease.number)).child()) { box in
            try await box.child(becomes: "active")
            await first.close()
            let lost = try await box.flow { !$0.isReady && $0.failures > 0 }
            #expect(lost.outputs?.connectionUp == 1)
            #expect(lost.outputs?.connectionLost == 1)
            let reason = try await box.child(becomes: "degraded")
            #expect(reason?.contains("is not connected") == true, "\(reason ?? "")")
            let second = try await Peer(lease.number)
            let again = try await box.flow { $0.isReady }
            #expect(again.outputs?.connectionUp == 2)
            #expect(again.outputs?.connectionLost == 1)
            #expect(again.condition?.flaps == 1)
            try await box.child(becomes: "active")
            await second.close()
        }
    }

    @Test("a lost input degrades the flow")
    func lostInput() async throws {
        let lease = PortLease()
        let peer = try await Peer(lease.number, .speak(#"{"a":1}"#))
        var scene = FlowScene()
        scene.input = FlowScene.socket(lease.number)
        try await Box.run(try scene.child()) { box in
            try await box.flow { $0.isReady && $0.condition?.figures?.received == 1 }
            await peer.close()
            let reason = try await box.child(becomes: "degraded")
            #expect(reason?.contains("input \"in\" is not connected") == true, "\(reason ?? "")")
        }
    }

    @Test("an idle websocket that is lost shows with the next write")
    func idleWebSocket() async throws {
        let lease = PortLease()
        let first = try await WebSocketPeer(lease.number)
        var scene = FlowScene("websocket: {url: 'ws://127.0.0.1:\(lease.number)/x'}")
        scene.input = "http_server: {path: /post}"
        try await Box.run(try scene.child()) { box in
            let ready = try await box.flow { $0.isReady }
            let port = try #require(ready.port)
            await first.close()
            let quiet = try await box.flow { $0.condition != nil }
            #expect(quiet.isReady, "nobody has written since")
            try await eventually {
                let post = { await HTTPCall.to(port, "/post", method: "POST", body: #"{"a":1}"#) }
                _ = await post()
                return await HTTPCall.to(port, "/ready")?.status == 503
            }
            let lost = try await box.flow { !$0.isReady && $0.failures > 0 }
            #expect(lost.outputs?.connectionLost == 1)
            let second = try await WebSocketPeer(lease.number)
            try await box.flow { $0.isReady && $0.outputs?.connectionUp == 2 }
            await second.close()
        }
    }

    @Test("an output that answers 500 stays ready, and is degraded as long as nothing comes out")
    func answers500() async throws {
        let lease = PortLease()
        let refusal = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\nConnection: close\r\n\r\nxx"
        let peer = try await Peer(lease.number, .answer(refusal))
        try await Box.run(try FlowScene(FlowScene.http(lease.number)).child()) { box in
            let seen = try await box.flow { $0.condition?.failing != nil }
            #expect(seen.isReady)
            #expect(seen.outputs?.error ?? 0 > 0)
            #expect(seen.condition?.figures?.sent == 0)
            let reason = try await box.child(becomes: "degraded")
            #expect(reason?.hasPrefix("writing has failed for ") == true, "\(reason ?? "")")
        }
        await peer.close()
    }

    @Test("an output that hangs stays ready, and the flow counts as stalled after its time")
    func hangs() async throws {
        let lease = PortLease()
        let peer = try await Peer(lease.number)
        try await Box.run(try FlowScene(FlowScene.http(lease.number)).child()) { box in
            let waiting = try await box.flow { $0.condition?.waiting ?? .zero > .zero }
            #expect(waiting.isReady)
            #expect(waiting.condition?.figures?.sent == 0)
            let reason = try await box.child(becomes: "degraded")
            #expect(reason?.hasPrefix("stalled: messages have been waiting for ") == true, "\(reason ?? "")")
        }
        await peer.close()
    }

    @Test("a mapping that fails: messages go on, and the flow is degraded")
    func mappingFails() async throws {
        var scene = FlowScene()
        scene.mapping = "root = this.n.uppercase()"
        try await Box.run(try scene.child()) { box in
            let seen = try await box.flow { $0.condition?.failure == .processors }
            #expect(seen.isReady)
            #expect(seen.sent > 0)
            let reason = try await box.child(becomes: "degraded")
            #expect(reason?.contains("processors fail") == true, "\(reason ?? "")")
        }
    }

    @Test("an HTTP server as input has no connection metrics: unknown, and no trouble")
    func httpServerInput() async throws {
        var scene = FlowScene()
        scene.input = "http_server: {path: /post}"
        try await Box.run(try scene.child()) { box in
            let seen = try await box.flow { $0.isReady && $0.condition?.figures != nil }
            #expect(seen.condition?.figures?.inputs.total(\.connectionUp) == nil)
            try await box.child(becomes: "idle")
            let port = try #require(seen.port)
            let call = try await answer { await HTTPCall.to(port, "/post", method: "POST", body: #"{"a":1}"#) }
            #expect(call.status == 200)
            try await box.child(becomes: "active")
        }
    }

    @Test(
        "after a reload the counters say that a lost output is up, and readiness decides",
        .disabled(if: Program.areReal, "needs the control endpoint"))
    func reloaded() async throws {
        var scene = FlowScene()
        scene.provoked = "{}"
        try await Box.run(try scene.child()) { box in
            try await box.child(becomes: "active")
            try await scene.provoke(#"{"output":"reloaded"}"#)
            let seen = try await box.flow { $0.outputs?.connectionUp == 2 && !$0.isReady }
            #expect(seen.outputs?.connectionLost == 0)
            try await box.child(becomes: "degraded")
        }
    }
}

extension BenthosObservation {
    /// The counters of the one output.
    var outputs: FlowOutputCounters? { condition?.figures?.outputs.list.first?.counters }

    /// How often the one output could not connect.
    var failures: Int { outputs?.connectionFailed ?? 0 }

    /// How many messages were delivered.
    var sent: Int { condition?.figures?.sent ?? 0 }
}
