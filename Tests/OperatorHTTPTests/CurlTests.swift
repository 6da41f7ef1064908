import OperatorHTTP
import Testing

@Suite("curl against the servers", .timeLimit(.minutes(1)), .enabled(if: Curl.isInstalled, "curl is not installed"))
struct CurlTests {
    @Test("curl reads the metrics")
    func metrics() async throws {
        let server = try await PublicServer.forTest()
        let output = try await running(server) {
            try await Curl.run(["--fail", "http://\(server.address)/metrics"])
        }
        #expect(output == "up 1\n")
    }

    @Test("curl stops a child over the control socket, and reads why it cannot stop another one")
    func control() async throws {
        let directory = try TemporaryDirectory()
        let gateway = FakeGateway()
        let server = try await ControlServer.bind(runDirectory: directory.path, gateway: gateway, logger: .silent)
        try await running(server) {
            let socket = ["--unix-socket", server.socketPath, "--request", "POST"]
            let url = "http://gateway/v1/children/stop"
            let stopped = try await Curl.run(socket + ["\(url)?child=%2Fline-1%2Fbroker"])
            #expect(stopped == #"{"action":"stop","child":"/line-1/broker"}"#)
            let refused = try await Curl.run(socket + [url])
            let message = "which child? add ?child=PATH, percent-encoded"
            #expect(refused == #"{"error":{"code":"invalid","message":"\#(message)"}}"#)
            let missing = try await Curl.run(socket + ["--write-out", " %{http_code}", "http://gateway/v2"])
            #expect(missing.contains("POST /v2 does not exist; there are: GET /v1/status"))
            #expect(missing.hasSuffix(" 404"))
        }
        #expect(gateway.actions == ["stop /line-1/broker"])
    }
}
