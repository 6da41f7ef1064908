import Gateway
import ProcessControl
import SystemPackage
import Testing

@Suite("metrics parse", .timeLimit(.minutes(2)))
struct MetricsParseTests {
    @Test("metrics are shown family by family, and nothing in them acts on the terminal")
    func shown() async throws {
        let directory = try TestDirectory()
        let text = """
            # HELP wait_seconds How long.
            # TYPE wait_seconds histogram
            # UNIT wait_seconds seconds
            wait_seconds_bucket{a="x\u{1B}[2J\\n",le="+Inf"} 3 1.5 # {run_id="7"} 0.25 2
            other{b="c"} NaN
            # EOF
            """
        let result = try await parse([try directory.write("metrics.om", text).string])
        #expect(result.status == .exited(code: 0))
        #expect(
            result.text(.stdout) == """
                wait_seconds  histogram, seconds
                  How long.
                  wait_seconds_bucket{a="x\\u{1b}[2J\\n",le="+Inf"}  3  at 1970-01-01T00:00:01.500Z\
                  exemplar {run_id="7"} 0.25 at 1970-01-01T00:00:02.000Z

                other
                  other{b="c"}  NaN

                2 metrics, 2 samples
                """)
    }

    @Test("what is wrong is named with its line, and the exit code is 1")
    func refused() async throws {
        let directory = try TestDirectory()
        let file = try directory.write("metrics", "a 1\na 1\n# EOF\n").string
        #expect(try await parse([file]).status == .exited(code: 0))
        let strict = try await parse([file, "--strict"])
        #expect(strict.status == .exited(code: 1))
        #expect(strict.text(.stdout) == "" && strict.text(.stderr).hasPrefix("gatewarden: \(file): line 2, column 1: "))
        let json = try await parse([file, "--strict", "--json"])
        #expect(json.status == .exited(code: 1) && json.text(.stdout).hasPrefix("{\"accept\":false,\"error\":\"line 2"))
        // In the text format the last line is a comment, and there are no strict rules.
        #expect(try await parse([file, "--strict", "--format", "text"]).status == .exited(code: 0))
        #expect(try await parse([file + ".missing"]).status == .exited(code: 1))
        #expect(try await parse([file, "--format", "json"]).status == .exited(code: 64))
    }

    @Test("requests of a batch are answered line by line, bad ones too")
    func batch() async throws {
        let directory = try TestDirectory()
        let file = try directory.write("metrics", "# TYPE a counter\na_total{x=\"\\\"\"} 1e6 5 # {} 1\n# EOF").string
        let requests = [
            #"{"input":"a -0\n"}"#, #"{"id":"x\"","input_b64":"YSAxIDUK","format":"text"}"#,
            #"{"id":-3,"input_file":"\#(file)","strict":true}"#, #"{"input":"a","id":1}"#, "{", "[]", #"{"input":1}"#,
            #"{"id":{},"input":""}"#, #"{"format":"xml","input":""}"#, #"{"input":"","input_b64":""}"#,
            #"{"input_b64":"?"}"#, "", #"{"input":"\ud800"}"#, #"{"input_file":"\#(file).missing"}"#,
        ]
        let source = try directory.write("requests", requests.joined(separator: "\n")).string
        let result = try await parse(["--batch", source])
        #expect(result.status == .exited(code: 0))
        let answers = result.text(.stdout).split(separator: "\n").map(String.init)
        #expect(
            answers.prefix(4) == [
                #"{"accept":true,"entries":[{"kind":"series","name":"a","value":"-0"}]}"#,
                #"{"id":"x\"","accept":true,"entries":[{"kind":"series","name":"a","value":"1","ts_ms":5}]}"#,
                #"{"id":-3,"accept":true,"entries":[{"kind":"type","name":"a","type":"counter"},"#
                    + #"{"kind":"series","name":"a_total","labels":{"x":"\""},"value":"1e+06","ts_ms":5000,"#
                    + #""exemplar":{"value":"1"}}]}"#,
                #"{"id":1,"accept":false,"error":"line 1, column 2: expected a value after the metric","#
                    + #""line":1,"column":2}"#,
            ])
        #expect(answers.count == requests.count)
        #expect(answers.dropFirst(4).allSatisfy { $0.contains(#""accept":false,"error":"bad request: "#) })
    }

    @Test("a URL says in its answer which format it is in, and the gateway's own metrics follow all rules")
    func urls() async throws {
        let directory = try TestDirectory()
        let plant = "processes: [{name: a, command: [sleep, \"100000\"]}]"
        let gateway = try await RunningGateway.start(plant, in: directory)
        let base = try await gateway.waitForAddress()
        let metrics = try await parse([base + "/metrics", "--strict", "--json"])
        #expect(metrics.status == .exited(code: 0), "\(metrics.text(.stderr))")
        let missing = try await parse([base + "/missing"])
        #expect(missing.text(.stderr) == "gatewarden: \(base)/missing: status 404, expected 200")
        #expect(missing.status == .exited(code: 1))
        // An answer in plain text is read as such, whatever it looks like.
        #expect(try await parse([base + "/healthz"]).text(.stderr).contains("/healthz: line 1, column "))
        #expect(await gateway.stop() == .exited(code: 0))
        let refused = try await parse([base + "/metrics"])
        #expect(refused.text(.stderr) == "gatewarden: \(base)/metrics: Connection refused")
        #expect(refused.status == .exited(code: 1))
    }

    @Test("a line that is too long is thrown away and answered, and the next one is read")
    func longLines() throws {
        let directory = try TestDirectory()
        let file = try directory.write("lines", "ab\n\(String(repeating: "x", count: 600_000))\ncde\n\nfghij")
        let descriptor = try FileDescriptor.open(file, .readOnly)
        try descriptor.closeAfter {
            var lines = BoundedLines(descriptor, limit: 4)
            var read: [BoundedLines.Line] = []
            while let line = try lines.next() { read.append(line) }
            #expect(read == [.whole(Array("ab".utf8)), .tooLong, .whole(Array("cde".utf8)), .whole([]), .tooLong])
        }
    }

    private func parse(_ arguments: [String]) async throws -> Program.Result {
        try await Program.run(Binaries.gateway, ["metrics", "parse"] + arguments)
    }
}
