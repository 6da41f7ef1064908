import ProcessControl
import SystemPackage
import Testing

@Suite("gatewarden metrics", .timeLimit(.minutes(2)))
struct MetricsCommandTests {
    @Test("encode answers each line in order, and a bad one with its error")
    func batch() async throws {
        let lines = [
            #"{"families":[{"name":"a","type":"gauge","series":[{"value":"NaN"}]}]}"#, "{", "",
            #"{"families":[{"name":"a.b","type":"counter","series":[{"value":1}]}]}"#,
        ]
        let result = try await run("encode --batch", input: lines.joined(separator: "\n"))
        let answers = result.text(.stdout).split(separator: "\n").map(String.init)
        #expect(result.status == .exited(code: 0))
        try #require(answers.count == 4)
        #expect(answers[0] == ##"{"openmetrics":"# TYPE a gauge\na NaN\n# EOF\n","text":"# TYPE a gauge\na NaN\n"}"##)
        #expect(answers[1].hasPrefix(#"{"error":"#))
        #expect(answers[2].hasPrefix(#"{"error":"#))
        #expect(answers[3].contains(#"{\"a.b_total\"} 1"#))
    }

    @Test("encode prints one document in the format and under the scheme that are asked for")
    func single() async throws {
        let json = #"{"families":[{"name":"a.b","type":"counter","series":[{"value":1}]}]}"#
        let text = try await run("encode --format text --escaping underscores", input: json)
        #expect(text.text(.stdout) == "# TYPE a_b_total counter\na_b_total 1")
        let bad = try await run("encode", input: "[]")
        #expect(bad.status == .exited(code: 1))
        #expect(bad.text(.stderr).hasPrefix("gatewarden: document"))
        #expect(try await run("encode --escaping loud", input: "").status == .exited(code: 64))
    }

    @Test("negotiate prints the content type")
    func negotiate() async throws {
        let none = try await run("negotiate", input: "")
        #expect(none.text(.stdout) == "text/plain; version=0.0.4; charset=utf-8; escaping=underscores")
        let json = try await run("negotiate --json 'application/openmetrics-text;escaping=dots'", input: "")
        #expect(json.text(.stdout).contains(#""format" : "openmetrics""#))
        #expect(json.text(.stdout).contains(#""escaping" : "dots""#))
    }

    /// Runs `gatewarden metrics` with standard input.
    private func run(_ arguments: String, input: String) async throws -> Program.Result {
        try await Program.run(
            "/bin/sh",
            ["-c", "printf %s \"$INPUT\" | \"$GATEWAY\" metrics \(arguments)"],
            environment: ["INPUT": input, "GATEWAY": Binaries.gateway.string]
        )
    }
}
