import Testing
import Workers

@Suite("FlowReadiness and FlowVersion")
struct FlowReadinessTests {
    private static let captures = FlowFixture.all("ready-", ".txt")

    @Test("all captures of real flows are found")
    func captureCount() {
        #expect(Self.captures.count >= 30)
    }

    @Test("a real flow is ready exactly when all its connections are", arguments: captures)
    func readyWhenConnected(capture: FlowFixture) throws {
        let readiness = try FlowReadiness(capture.ready())
        #expect(readiness.connections.map(\.path) == ["input", "output"])
        #expect(readiness.isReady == readiness.connections.allSatisfy(\.isConnected))
        #expect(readiness.connections.allSatisfy { $0.isConnected == ($0.error == nil) })
        let isDown = ["lost", "never", "lost_later"].contains { capture.name.hasSuffix("\($0).txt") }
        #expect(readiness.isReady == !isDown)
    }

    @Test("a connection that is down says why")
    func error() throws {
        let readiness = try FlowReadiness(FlowFixture(name: "kafka_franz_out_never/ready-never.txt").ready())
        let output = try #require(readiness.connections.last)
        #expect(output.label == "out" && !output.isConnected)
        #expect(output.error == "unable to dial: dial tcp 127.0.0.1:14092: connect: connection refused")
    }

    @Test("texts and lists are kept up to their bounds")
    func bounds() throws {
        let text = String(repeating: "é", count: 1000)
        let status = #"{"label":"\#(text)","path":"\#(text)","connected":false,"error":"x\#(text)"}"#
        let statuses = Array(repeating: status, count: 65).joined(separator: ",")
        let readiness = try FlowReadiness(EndpointAnswer("{\"statuses\":[\(statuses)]}", status: 503))
        #expect(readiness.connections.count == 64 && readiness.isTruncated)
        let first = try #require(readiness.connections.first)
        #expect(first.label.utf8.count == 256 && first.path.utf8.count == 256)
        #expect(first.error == "x" + String(repeating: "é", count: 255))
    }

    @Test(
        "another answer is refused with the reason",
        arguments: [
            ("pong", 200, "it is not JSON"), ("", 503, "it is not JSON"), ("{}", 200, "\"statuses\" is missing"),
            (#"{"statuses":[{"connected":1}]}"#, 200, "connected\" has another type"), ("{}", 404, "status 404"),
        ])
    func otherAnswers(body: String, status: Int, words: String) throws {
        let answer = EndpointAnswer(body, status: status)
        let error = try #require(throws: AnswerError.self) { try FlowReadiness(answer) }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test("the version is read with or without a date")
    func version() throws {
        let version = try FlowVersion(EndpointAnswer(#"{"version":"v4.76.0","built":"2026-07-01T00:00:00Z"}"#))
        #expect(version.version == "v4.76.0" && version.built == "2026-07-01T00:00:00Z")
        #expect(try FlowVersion(EndpointAnswer(#"{"version":"x"}"#)).built == nil)
        #expect(throws: AnswerError.invalidJSON("\"version\" is missing")) { try FlowVersion(EndpointAnswer("{}")) }
    }
}
