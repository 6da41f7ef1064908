import StandinsTesting
import Testing

/// The states of a flow that are provoked from outside, without any other side.
@Suite(
    "benthos: provoked states", .disabled(if: Program.areReal, "needs the control endpoint"), .timeLimit(.minutes(5)))
struct ProvocationTests {
    @Test("an output is lost and reconnects at will")
    func lost() async throws {
        let stage = Stage("startup")
        try stage.start({ $0.replacing("interval: 1s", with: "interval: 20ms") }, provoked: "{}")
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        try await stage.provoke(#"{"output":"lost"}"#)
        try await eventually { await stage.get("/ready")?.status == 503 }
        #expect(await stage.counter("output_connection_lost") == 1)
        try await stage.provoke(#"{"output":"reconnect"}"#)
        try await eventually { await stage.get("/ready")?.status == 200 }
        #expect(await stage.counter("output_connection_up") == 2)
    }

    @Test("after a reload the counters of a lost output say that it is up, and only readiness tells")
    func reloaded() async throws {
        let stage = Stage("startup")
        try stage.start({ $0.replacing("interval: 1s", with: "interval: 20ms") }, provoked: "{}")
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        try await stage.provoke(#"{"output":"reloaded"}"#)
        try await eventually { await stage.get("/ready")?.status == 503 }
        try await eventually { await stage.counter("output_connection_up") == 2 }
        #expect(await stage.counter("output_connection_lost") == 0)
    }

    @Test("an output hangs, errs, or never connects at will")
    func others() async throws {
        let stage = Stage("startup")
        let fast = { (text: String) in text.replacing("interval: 1s", with: "interval: 20ms") }
        try stage.start(fast, provoked: #"{"output":"never"}"#)
        try await eventually { await stage.get("/ready")?.status == 503 }
        #expect(await stage.counter("output_connection_up") == 0)
        try await stage.provoke(#"{"output":"ok"}"#)
        try await eventually { await stage.counter("output_sent") ?? 0 > 0 }
        try await stage.provoke(#"{"output":"error500"}"#)
        try await eventually { await stage.counter("output_error") ?? 0 > 0 }
        try await stage.provoke(#"{"output":"hang"}"#)
        try await eventually {
            let (sent, received) = (await stage.counter("output_sent"), await stage.counter("input_received"))
            return received ?? 0 > (sent ?? 0) + 5
        }
        #expect(await stage.get("/ready")?.status == 200)
    }

    @Test("mappings fail, and the process crashes, at will")
    func mappingAndCrash() async throws {
        let stage = Stage("startup")
        let program = try stage.start(provoked: #"{"mapping":"fail"}"#)
        try await eventually { await stage.counter("processor_error") ?? 0 > 0 }
        try await eventually {
            _ = await HTTPCall.to(stage.port(.control), "/control", method: "PUT", body: #"{"crash":3}"#)
            return await stage.get("/ping") == nil
        }
        #expect(await program.end() == .exited(3))
    }

    @Test("an unknown state is refused with the possible ones")
    func unknown() async throws {
        let stage = Stage("startup")
        try stage.start(provoked: "{}")
        try await stage.waitForServer()
        let body = #"{"output":"sideways"}"#
        let call = try await answer { await HTTPCall.to(stage.port(.control), "/control", method: "PUT", body: body) }
        #expect(call.status == 400)
        #expect(call.body.contains("possible: ok, lost, reloaded, never, hang, error500"))
    }

    @Test(
        "what is no JSON object is refused",
        arguments: [
            "", "{", "[1]", #"{"lag":01}"#, #"{"lag":1}}"#, #"{"lag":-}"#, #"{"lag" 1}"#, "{'lag':1}",
            #"{"lag":tru}"#, #"{"a":"\q"}"#, #"{"a":"\u12"}"#, #"{"lag":1e}"#, #"{"lag":1.}"#,
            String(repeating: "[", count: 100_000),
        ])
    func noObject(_ body: String) async throws {
        let stage = Stage("startup")
        try stage.start(provoked: "{}")
        let call = try await answer { await HTTPCall.to(stage.port(.control), "/control", method: "PUT", body: body) }
        #expect(call.status == 400)
        #expect(call.body == "the body is not a JSON object\n")
    }

    @Test("every way to write an object is understood")
    func object() async throws {
        let stage = Stage("startup")
        try stage.start(provoked: "{}")
        try await stage.provoke(" { \"l\\u0061g\" : 1 ,\n\t\"mapping\":\"fail\" } \r\n")
        let state = await HTTPCall.to(stage.port(.control), "/control")
        #expect(state?.body.contains(#""lag":1,"mapping":"fail""#) == true)
        try await stage.provoke(#"{"lag":null,"mapping":"ok"}"#)
    }

    @Test("an input lags at will")
    func lag() async throws {
        let stage = Stage("kafka_franz_in")
        let brokers = BrokerStage(kafka: stage.port(.broker))
        try await brokers.running()
        try stage.start(provoked: #"{"lag":123}"#)
        try await eventually { await stage.counter("kafka_lag") == 123 }
        try await stage.provoke(#"{"lag":null}"#)
        try await eventually { await stage.counter("kafka_lag") == 0 }
    }
}
