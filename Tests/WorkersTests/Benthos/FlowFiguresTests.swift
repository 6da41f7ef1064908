import Testing
import Workers

@Suite("FlowFigures")
struct FlowFiguresTests {
    private static let captures = FlowFixture.all("metrics-", ".txt")

    @Test("all captures of real flows are found")
    func captureCount() {
        #expect(Self.captures.count >= 33)
    }

    @Test("every number that a real flow reports is kept", arguments: captures)
    func everyNumber(capture: FlowFixture) throws {
        let figures = try FlowFigures(capture.metrics())
        let text = try capture.text()
        let (input, output) = (try #require(figures.inputs.list.first), try #require(figures.outputs.list.first))
        #expect(figures.inputs.list.count == 1 && figures.outputs.list.count == 1)
        #expect(input.path == "root.input" && output.path == "root.output")
        let counters: [(String, Int?)] = [
            ("input_connection_up", input.counters.connectionUp),
            ("output_connection_up", output.counters.connectionUp),
            ("input_connection_failed", input.counters.connectionFailed),
            ("output_connection_failed", output.counters.connectionFailed),
            ("input_connection_lost", input.counters.connectionLost),
            ("output_connection_lost", output.counters.connectionLost), ("input_received", input.counters.received),
            ("input_latency_ns_count", input.counters.latencyCount), ("kafka_lag", input.counters.lag),
            ("output_sent", output.counters.sent), ("output_batch_sent", output.counters.batchSent),
            ("output_error", output.counters.error), ("output_rejected", output.counters.rejected),
            ("processor_received", figures.processors.received), ("processor_sent", figures.processors.sent),
            ("processor_error", figures.processors.error),
        ]
        for (name, counter) in counters {
            #expect(counter == Self.sum(of: name, in: text), "\(name)")
        }
    }

    /// The sum of a metric's samples, by words; nil where there are none.
    private static func sum(of name: String, in text: String) -> Int? {
        let samples = text.split(separator: "\n").filter { $0.hasPrefix(name + "{") }
        return samples.isEmpty ? nil : samples.reduce(0) { $0 + (Int($1.split(separator: " ").last ?? "") ?? 0) }
    }

    @Test(
        "the counters tell the states of an output apart",
        arguments: [
            ("socket_out_lost/metrics-healthy.txt", 1, 61, 61, 0),
            ("socket_out_lost/metrics-output_lost.txt", 0, 70, 61, 1),
            ("socket_out_lost/metrics-reconnected.txt", 1, 116, 115, 1),
            ("socket_out_never_json/metrics-never.txt", 0, 7, 0, 0),
            ("proc_errors/metrics-errors.txt", 1, 41, 41, 41), ("http_out_500/metrics-errors.txt", 1, 48, 0, 46),
            ("metrics_hist/metrics-hist.txt", 1, 21, 21, 0),
        ])
    func states(name: String, live: Int, received: Int, sent: Int, errors: Int) throws {
        let figures = try FlowFigures(FlowFixture(name: name).metrics())
        #expect(figures.liveOutputConnections == live)
        #expect(figures.received == received && figures.sent == sent && figures.errors == errors)
    }

    @Test("what is not reported is unknown, and so is what cannot be a count")
    func unknown() throws {
        let empty = try FlowFigures(EndpointAnswer(""))
        #expect(empty.liveOutputConnections == nil && empty.received == nil && empty.sent == nil && empty.errors == nil)
        let text = "output_connection_up{path=\"o\"} 1\noutput_sent{path=\"o\"} NaN\noutput_error{path=\"o\"} -1\n"
        let figures = try FlowFigures(EndpointAnswer(text))
        #expect(figures.outputs.list.map(\.counters.connectionUp) == [1])
        #expect(figures.liveOutputConnections == nil && figures.sent == nil && figures.errors == nil)
    }

    @Test("an output without connection counters makes the number of connections unknown")
    func partlyUnknown() throws {
        let known = "output_connection_up{path=\"a\"} 2\noutput_connection_lost{path=\"a\"} 1\n"
        #expect(try FlowFigures(EndpointAnswer(known)).liveOutputConnections == 1)
        #expect(try FlowFigures(EndpointAnswer(known + "output_sent{path=\"b\"} 1")).liveOutputConnections == nil)
    }

    @Test("components are told apart by path and label, streams are not, and escaped labels are read")
    func components() throws {
        let text = """
            input_received{label="a \\"b\\"",path="root.input.broker.inputs.0",stream="one"} 1
            input_received{label="a \\"b\\"",path="root.input.broker.inputs.0",stream="two"} 2
            input_received{label="",path="root.input.broker.inputs.1"} 4
            kafka_lag{label="",partition="0",path="root.input.broker.inputs.1",topic="t"} 10
            redpanda_lag{label="",partition="1",path="root.input.broker.inputs.1",topic="t"} 5
            """
        let figures = try FlowFigures(EndpointAnswer(text))
        #expect(figures.inputs.list.map(\.label) == ["a \"b\"", ""])
        #expect(figures.inputs.list.map(\.counters.received) == [3, 4] && figures.received == 7)
        #expect(figures.inputs.list.map(\.counters.lag) == [nil, 15])
        #expect(!figures.inputs.isTruncated)
    }

    @Test("beyond the limit components are summed up")
    func manyComponents() throws {
        let text = (0..<70).map { "output_sent{path=\"root.output.broker.outputs.\($0)\"} 2\n" }.joined()
        let figures = try FlowFigures(EndpointAnswer(text))
        #expect(figures.outputs.list.count == 64 && figures.outputs.isTruncated)
        #expect(figures.outputs.others?.sent == 12 && figures.sent == 140)
        let huge = (0..<2000).map { "output_sent{path=\"\($0)\"} 9007199254740992\n" }.joined()
        #expect(try FlowFigures(EndpointAnswer(huge)).sent == .max)
    }

    @Test("metrics in OpenMetrics are read where the answer says that they are")
    func openMetrics() throws {
        let text = "output_sent{path=\"root.output\"} 2 # {} 1\n# EOF\n"
        let type = "application/openmetrics-text; version=1.0.0"
        #expect(try FlowFigures(EndpointAnswer(status: 200, contentType: type, body: Array(text.utf8))).sent == 2)
        #expect(throws: AnswerError.self) { try FlowFigures(EndpointAnswer(text)) }
    }

    @Test("metrics in JSON, other texts and other statuses are named as such")
    func otherAnswers() throws {
        let json = try FlowFixture(name: "metrics_json_api/metrics.json").metrics()
        #expect(throws: AnswerError.notPrometheus) { try FlowFigures(json) }
        #expect(throws: AnswerError.notPrometheus) { try FlowFigures(EndpointAnswer("{}")) }
        #expect(throws: AnswerError.unexpectedStatus(404, expected: [200])) {
            try FlowFigures(EndpointAnswer("", status: 404))
        }
        let error = try #require(throws: AnswerError.self) { try FlowFigures(EndpointAnswer("a 1\n<html>")) }
        #expect("\(error)".hasPrefix("the metrics are no Prometheus text: line 2, column 1: expected"))
        #expect("\(AnswerError.notPrometheus)".contains("metrics: {prometheus: {}}"))
    }
}
