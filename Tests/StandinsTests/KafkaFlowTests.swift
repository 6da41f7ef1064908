import Glibc
import StandinsTesting
import Testing

/// Flows with a broker: the situation that a real benthos hides.
@Suite(
    "benthos and redpanda",
    .enabled(if: Program.flow.isThere && Program.broker.isThere, "no flows, or no broker, on PATH"),
    .timeLimit(.minutes(5)))
struct KafkaFlowTests {
    @Test("a broker that goes away leaves an output ready with all counters flat, until it is back")
    func producer() async throws {
        let stage = Stage("kafka_franz_out")
        let brokers = BrokerStage(kafka: stage.port(.broker))
        let first = try await brokers.running()
        let program = try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 3 }
        try await stage.expectReady("healthy")
        try await stage.expectMetrics("healthy")
        let produced =
            #"redpanda_kafka_request_bytes_total{redpanda_namespace="kafka","#
            + #"redpanda_request="produce",redpanda_topic="t1"}"#
        #expect(await brokers.value(produced) ?? 0 > 0)
        await first.kill()
        try await eventually { program.output.contains("produce partition load error") }
        let sent = await stage.counter("output_sent")
        try await stage.expectReady("broker_gone_5s")
        try await stage.expectMetrics("broker_gone_5s")
        try await stage.expectUnderWay("broker_gone_5s")
        #expect(await stage.counter("output_sent") == sent)
        #expect(await stage.counter("output_connection_lost") == 0)
        try await brokers.running()
        try await eventually { await stage.counter("output_sent") ?? 0 > (sent ?? 0) + 20 }
        try await stage.expectReady("reconnected")
        program.send(SIGTERM)
        #expect(await program.end() == .exited(0))
        // Which broker is named, and how an attempt ends while the broker dies, is chance.
        try stage.expectLog(program) { line in
            line.contains("Kafka broker connection failed") || line.contains("unable to dial: EOF")
                || line.contains("unable to open") && line.contains("EOF")
        }
    }

    @Test("a broker that goes away leaves an input ready; messages come again when it is back")
    func consumer() async throws {
        let stage = Stage("kafka_franz_in")
        let feeder = Stage("kafka_franz_out")
        let brokers = BrokerStage(kafka: stage.port(.broker))
        let first = try await brokers.running()
        try feeder.start { $0.replacing(":\(feeder.port(.broker))", with: ":\(brokers.kafka)") }
        let program = try stage.start()
        try await eventually { await stage.counter("output_sent") ?? 0 > 3 }
        try await stage.expectReady("healthy")
        try await stage.expectMetrics("healthy")
        await first.kill()
        try await eventually { program.output.contains("Kafka poll error") }
        let received = await stage.counter("input_received") ?? 0
        try await stage.expectReady("broker_gone_5s")
        try await stage.expectMetrics("broker_gone_5s")
        try await brokers.running()
        try await eventually { await stage.counter("input_received") ?? 0 > received }
        #expect(await stage.counter("input_connection_up") == 1)
    }

    @Test("messages that a blocked flow leaves in the broker are its lag")
    func lag() async throws {
        let stage = Stage("kafka_franz_in")
        let feeder = Stage("kafka_franz_out")
        let brokers = BrokerStage(kafka: stage.port(.broker))
        try await brokers.running()
        try stage.start { text in
            let start = text.firstRange(of: "output:")?.lowerBound ?? text.endIndex
            let nobody = stage.port(.socketOutput)
            return text[..<start] + "output:\n  label: out\n  socket: {network: tcp, address: '127.0.0.1:\(nobody)'}\n"
        }
        try await eventually { await stage.counter("input_connection_up") == 1 }
        #expect(await stage.counter("kafka_lag") == 0)
        try feeder.start { $0.replacing(":\(feeder.port(.broker))", with: ":\(brokers.kafka)") }
        try await eventually { await stage.counter("kafka_lag") ?? 0 > 10 }
        let received = await stage.counter("input_received")
        let lag = await stage.counter("kafka_lag") ?? 0
        try await eventually { await stage.counter("kafka_lag") ?? 0 > lag }
        #expect(await stage.counter("input_received") == received)
    }

    @Test("a broker that never was is not ready", arguments: ["kafka_franz_out_never", "kafka_franz_in_never"])
    func never(_ name: String) async throws {
        let stage = Stage(name)
        let program = try stage.start()
        try await stage.waitForServer()
        try await eventually { program.output.contains("Failed to connect to kafka_franz") }
        try await stage.expectReady("never")
        try await stage.expectMetrics("never")
        try await stage.expectUnderWay("never")
        program.send(SIGKILL)
        _ = await program.end()
        try stage.expectLog(program) { $0.contains("Received SIGTERM") }
    }
}
