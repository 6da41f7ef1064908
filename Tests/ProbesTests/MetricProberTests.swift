import AsyncHTTPClient
import MetricSelection
import Testing

@testable import Probes

@Suite("Metric prober", .timeLimit(.minutes(1)))
struct MetricProberTests {
    private static let text = """
        # HELP output_connection_up Connections made.
        # TYPE output_connection_up counter
        output_connection_up{label="out",path="root.output"} 2
        output_connection_up{label="",path="root.output.fallback.0"} 0
        output_connection_up{label="said \\"so\\"",path="root.output.fallback.1"} 3
        uptime_ns 1.5e+09
        broken NaN
        output_connection_up_total 7

        """

    struct Row: Sendable, CustomTestStringConvertible {
        var selector: String
        var condition: MetricProbe.Condition
        var code: ProbeFailure.Code?
        var words = ""
        var testDescription: String { "\(selector) \(condition)" }
    }

    @Test(
        "all series that are meant must be as expected, and one must be there",
        arguments: [
            Row(selector: #"output_connection_up{label="out"}"#, condition: .above(0)),
            Row(selector: #"output_connection_up{label="out"}"#, condition: .above(1.5)),
            Row(selector: #"output_connection_up{label="out"}"#, condition: .equals(2)),
            Row(selector: #"output_connection_up{label='said "so"'}"#, condition: .below(3.5)),
            Row(selector: #"output_connection_up{label!=""}"#, condition: .above(0)),
            Row(selector: "output_connection_up", condition: .below(4)),
            Row(selector: #"output_connection_up{stream=""}"#, condition: .below(4)),
            Row(selector: "uptime_ns", condition: .equals(1_500_000_000)),
            Row(selector: "output_connection_up_total{a!=\"b\"}", condition: .above(6)),
            Row(
                selector: "output_connection_up",
                condition: .above(0),
                code: .unexpectedValue,
                words: "output_connection_up{label=\"\",path=\"root.output.fallback.0\"} is 0, expected above 0"
            ),
            Row(
                selector: "output_connection_up{label=\"out\"}",
                condition: .below(2),
                code: .unexpectedValue,
                words: "output_connection_up{label=\"out\",path=\"root.output\"} is 2, expected below 2"
            ),
            Row(
                selector: "uptime_ns",
                condition: .equals(0.5),
                code: .unexpectedValue,
                words: "uptime_ns is 1500000000, expected 0.5"
            ),
            Row(
                selector: "broken",
                condition: .above(0),
                code: .unexpectedValue,
                words: "broken is nan, expected above 0"
            ),
            Row(
                selector: #"output_connection_up{label="in"}"#,
                condition: .above(0),
                code: .noSeries,
                words: "no series matches output_connection_up{label=\"in\"}"
            ),
            Row(
                selector: "output_connection",
                condition: .above(0),
                code: .noSeries,
                words: "no series matches output_connection"
            ),
        ]
    )
    func values(_ row: Row) async throws {
        try await expect(row, of: Self.answer(Self.text))
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var code: ProbeFailure.Code
        var words: String
        var testDescription: String { name }
    }

    @Test(
        "an answer that is not metrics is a failure",
        arguments: [
            Answer(
                name: "404",
                text: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                code: .unexpectedStatus,
                words: "status 404, expected 200"
            ),
            Answer(name: "nothing", text: answer(""), code: .noSeries, words: "no series matches up"),
            Answer(
                name: "JSON",
                text: answer("up 1\n{\"up\": 1}\n"),
                code: .malformed,
                words: "not in the Prometheus text format: line 2, column "
            ),
            Answer(
                name: "too much",
                text: "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\nup 1\n"
                    + String(repeating: "#\n", count: MetricProber.bodyLimit / 2),
                code: .tooLarge,
                words: "the metrics have 4 MiB or more"
            ),
        ]
    )
    func answers(_ answer: Answer) async throws {
        let row = Row(selector: "up", condition: .above(0), code: answer.code, words: answer.words)
        try await expect(row, of: answer.text)
    }

    private static func answer(_ text: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
    }

    private func expect(_ row: Row, of answer: String) async throws {
        try await HTTPClient.withHTTPClient(configuration: HTTPProber.clientConfiguration) { client in
            try await ScriptedServer.run(.says(answer)) { server in
                let url = "http://127.0.0.1:\(server.port)/metrics"
                let probe = MetricProbe(url: url, selector: try MetricSelector(row.selector), condition: row.condition)
                let failure = await MetricProber(probe, client: client).failure()
                #expect(failure?.code == row.code)
                #expect(failure?.message.hasPrefix("GET \(url): \(row.words)") ?? true)
            }
        }
    }
}
