import Glibc
import StandinsTesting
import Testing

/// The situations that were measured on a real benthos, played with real sockets.
@Suite(
    "benthos: situations", .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct BenthosSituationTests {
    @Test(
        "an output that never connected is not ready, and its failures rise",
        arguments: ["socket_out_never_json", "socket_out_never_logfmt"])
    func neverConnected(_ name: String) async throws {
        let stage = Stage(name)
        try stage.start()
        try await stage.waitForServer()
        try await eventually { await stage.counter("output_connection_failed") ?? 0 >= 2 }
        try await stage.expectReady("never")
        try await stage.expectMetrics("never")
        try await stage.expectUnderWay("never")
        #expect(await stage.counter("output_connection_up") == 0)
    }

    @Test("a lost output is not ready, and reconnects")
    func outputLost() async throws {
        let stage = Stage("socket_out_lost")
        let first = try await Peer(stage.port(.socketOutput))
        let program = try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        try await stage.expectReady("healthy")
        try await stage.expectMetrics("healthy")
        try await stage.expectUnderWay("healthy")
        await first.close()
        try await eventually { await stage.counter("output_connection_failed") ?? 0 > 0 }
        try await stage.expectReady("output_lost")
        try await stage.expectMetrics("output_lost")
        try await stage.expectUnderWay("output_lost_later")
        #expect(await stage.counter("output_error") == 1)
        let second = try await Peer(stage.port(.socketOutput))
        try await stage.expectReady("reconnected")
        try await stage.expectMetrics("reconnected")
        #expect(await stage.counter("output_connection_up") == 2)
        #expect(await stage.counter("output_connection_lost") == 1)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
        await second.close()
    }

    @Test("a loss and a reconnect read the same in logfmt")
    func outputLostInLogfmt() async throws {
        let stage = Stage("socket_out_lost_logfmt")
        let first = try await Peer(stage.port(.socketOutput))
        let program = try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        await first.close()
        try await eventually { await stage.counter("output_connection_failed") ?? 0 > 0 }
        let second = try await Peer(stage.port(.socketOutput))
        try await stage.expectReady("reconnected")
        try await stage.expectMetrics("reconnected")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
        await second.close()
    }

    @Test("a lost input is not ready, and reconnects")
    func inputLost() async throws {
        let stage = Stage("socket_in_lost")
        let first = try await Peer(stage.port(.socketInput), .speak(#"{"a":1}"#))
        let program = try stage.start()
        try await eventually { await stage.counter("input_received") == 1 }
        try await stage.expectReady("healthy")
        try await stage.expectMetrics("healthy")
        await first.close()
        try await eventually { await stage.counter("input_connection_failed") ?? 0 > 0 }
        try await stage.expectReady("input_lost")
        let second = try await Peer(stage.port(.socketInput), .speak(#"{"a":2}"#))
        try await stage.expectReady("reconnected")
        #expect(await stage.counter("input_connection_up") == 2)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
        await second.close()
    }

    @Test("an input that never connected is not ready")
    func inputNever() async throws {
        let stage = Stage("socket_in_never")
        try stage.start()
        try await stage.waitForServer()
        try await eventually { await stage.counter("input_connection_failed") ?? 0 > 0 }
        try await stage.expectReady("never")
        try await stage.expectMetrics("never")
    }

    @Test("an idle websocket output is lost unnoticed until the next write")
    func webSocketLost() async throws {
        let stage = Stage("http_file")
        let port = stage.port(.socketOutput)
        let first = try await WebSocketPeer(port)
        let program = try stage.start { text in
            let start = text.firstRange(of: "  file:")?.lowerBound ?? text.endIndex
            return text[..<start] + "  websocket: {url: 'ws://127.0.0.1:\(port)/x'}\n"
        }
        try await eventually { program.output.contains("Output type websocket is now active") }
        let post = { await HTTPCall.to(stage.port(.http), "/post", method: "POST", body: #"{"a":1}"#) }
        #expect(await post()?.status == 200)
        try await eventually { first.messages == [#"{"a":1}"#] }
        await first.close()
        #expect(await stage.get("/ready")?.status == 200)
        #expect(await stage.counter("output_connection_lost") == 0)
        // The write that finds out fails, and the one behind it waits for the next connection.
        try await eventually {
            _ = await post()
            return await stage.counter("output_connection_lost") == 1
        }
        try await eventually { await stage.counter("output_connection_failed") ?? 0 > 0 }
        #expect(await stage.get("/ready")?.status == 503)
        #expect(await stage.counter("output_error") ?? 0 > 0)
        let second = try await WebSocketPeer(port)
        try await eventually { await stage.get("/ready")?.status == 200 }
        try await eventually { second.messages.first == #"{"a":1}"# }
        #expect(await stage.counter("output_connection_up") == 2)
        await second.close()
    }

    @Test("a server that is no websocket is not connected to")
    func webSocketRefused() async throws {
        let stage = Stage("startup")
        let port = stage.port(.httpOutput)
        let peer = try await Peer(port, .answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
        let program = try stage.start {
            $0.replacing("drop: {}", with: "websocket: {url: 'ws://127.0.0.1:\(port)/'}")
        }
        try await eventually { program.output.contains("Failed to connect to websocket: websocket: bad handshake") }
        #expect(await stage.get("/ready")?.status == 503)
        await peer.close()
    }

    @Test("an HTTP output that answers is healthy")
    func httpHealthy() async throws {
        let stage = Stage("http_out_ok")
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let peer = try await Peer(stage.port(.httpOutput), .answer(ok))
        try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        try await stage.expectReady("healthy")
        try await stage.expectMetrics("healthy")
        await peer.close()
    }

    @Test("an HTTP output that answers 500 stays ready, and its errors rise")
    func http500() async throws {
        let stage = Stage("http_out_500")
        let refusal = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\nConnection: close\r\n\r\nxx"
        let peer = try await Peer(stage.port(.httpOutput), .answer(refusal))
        let program = try stage.start()
        try await eventually { await stage.counter("output_error") ?? 0 > 0 }
        try await stage.expectReady("errors")
        try await stage.expectMetrics("errors")
        #expect(await stage.counter("output_sent") == 0)
        try await eventually {
            let metrics = await stage.get("/metrics")?.body ?? ""
            let failed = Normal.value("output_error", in: metrics)
            return failed != nil && Normal.value("input_latency_ns_count", in: metrics) == failed
        }
        await peer.close()
        try await eventually { program.output.contains("connection refused") }
        try await stage.expectReady("server_gone")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        // How an attempt ends that is under way while the server closes, or the flow, is chance.
        let byChance = ["EOF", "context canceled", "broken pipe", "connection reset"]
        try stage.expectLog(program) { line in byChance.contains { line.contains($0) } }
    }

    @Test("an HTTP output that hangs stays ready, and only its progress stands still")
    func httpHangs() async throws {
        let stage = Stage("shutdown_httphang")
        let peer = try await Peer(stage.port(.httpOutput))
        let program = try stage.start()
        try await eventually { await stage.counter("input_received") ?? 0 >= 10 }
        try await stage.expectReady("hung")
        try await stage.expectMetrics("hung")
        #expect(await stage.counter("output_sent") == 0)
        #expect(await stage.counter("input_latency_ns_count") == 0, "nothing is acknowledged")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
        await peer.close()
    }

    @Test("a failing mapping stays ready; errors and deliveries rise together")
    func mappingFails() async throws {
        let stage = Stage("proc_errors")
        let program = try stage.start()
        try await eventually { await stage.counter("processor_error") ?? 0 > 0 }
        try await stage.expectReady("errors")
        try await stage.expectMetrics("errors")
        #expect(await stage.counter("output_sent") ?? 0 > 0)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("an HTTP server as input has no connection metrics, and takes what is posted")
    func httpServer() async throws {
        let stage = Stage("http_file")
        try stage.start()
        try await stage.waitForServer()
        try await stage.expectReady("idle_before")
        try await stage.expectMetrics("idle_before")
        let call = await HTTPCall.to(stage.port(.http), "/post", method: "POST", body: #"{"a":1}"#)
        #expect(call?.status == 200)
        try await eventually { stage.folder.read("out.jsonl") == "{\"a\":1}\n" }
        try await stage.expectMetrics("healthy")
    }

    @Test(
        "the other styles of configurations show the metrics of the real one",
        arguments: [
            ("defaults", "default"), ("gen_stdout", "healthy"), ("load", "load"), ("metrics_hist", "hist"),
        ])
    func metrics(_ name: String, _ state: String) async throws {
        let stage = Stage(name)
        let program = try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        try await stage.expectMetrics(state)
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        try stage.expectLog(program)
    }

    @Test("metrics in JSON have the keys of the real ones")
    func otherMetrics() async throws {
        let stage = Stage("metrics_json_api")
        try stage.start()
        try await eventually { await stage.get("/metrics")?.body.contains("\"output_sent") ?? false }
        let pattern = #/:[0-9.e+]+/#
        let expected = try stage.fixture.text("metrics.json").replacing(pattern, with: ":V")
        #expect(await stage.get("/metrics")?.body.replacing(pattern, with: ":V") == expected)
    }

    @Test("metrics that are switched off do not exist")
    func noMetrics() async throws {
        let stage = Stage("metrics_none")
        try stage.start()
        try await stage.waitForServer()
        #expect(await stage.get("/metrics")?.status == 404)
    }

    @Test("every endpoint answers as the real one does, also below /benthos")
    func endpoints() async throws {
        let stage = Stage("socket_out_lost")
        try stage.start()
        try await stage.waitForServer()
        for (path, file) in [("/ping", "ping"), ("/version", "version"), ("/endpoints", "endpoints"), ("/", "")] {
            let text = try stage.fixture.text("http_\(file).txt")
            let call = try #require(await stage.get(path))
            let body = try #require(text.firstRange(of: "\n\n"))
            #expect(call.body == text[body.upperBound...], "\(path)")
            #expect(text.contains("HTTP \(call.status)\n") && text.contains(call.contentType), "\(path)")
        }
        #expect(await stage.get("/benthos/ping")?.body == "pong")
        let families = { (call: HTTPCall?) in call?.body.split(separator: "\n").filter { $0.hasPrefix("# TYPE") } }
        let metrics = families(await stage.get("/metrics"))
        #expect(metrics?.isEmpty == false)
        for path in ["/stats", "/benthos/metrics", "/benthos/stats"] {
            #expect(families(await stage.get(path)) == metrics, "\(path)")
        }
    }
}
