import AsyncHTTPClient
import Probes
import Testing
import Workers

@Suite("LocalEndpoint", .timeLimit(.minutes(1)))
struct LocalEndpointTests {
    private static let ready =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nready"

    /// Runs with a client that is shut down afterwards.
    private func withClient(_ body: (HTTPClient) async throws -> Void) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: HTTPProber.clientConfiguration)
        do {
            try await body(client)
            try await client.shutdown()
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    @Test("status, media type and body are returned, and the connection is used again")
    func answers() async throws {
        try await withClient { client in
            try await AnsweringServer.run(Self.ready) { server in
                let endpoint = LocalEndpoint(port: server.port, client: client)
                let expected = EndpointAnswer(status: 503, contentType: "text/plain", body: Array("ready".utf8))
                for _ in 0..<20 {
                    let answer = try await endpoint.get("/ready", within: .seconds(10))
                    #expect(answer == expected)
                }
                #expect(server.requests == 20 && server.connections == 1)
            }
        }
    }

    @Test("a body of no bytes and one of exactly the limit are answers")
    func limits() async throws {
        try await withClient { client in
            try await AnsweringServer.run("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") { server in
                let answer = try await LocalEndpoint(port: server.port, client: client).get("/", within: .seconds(10))
                #expect(answer == EndpointAnswer(status: 200, contentType: nil, body: []))
            }
            try await AnsweringServer.run(Self.ready) { server in
                let endpoint = LocalEndpoint(port: server.port, client: client)
                let answer = try await endpoint.get("/", within: .seconds(10), upTo: 5)
                #expect(answer.body.count == 5)
            }
        }
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        var answer: String
        var closes = true
        var code: EndpointError.Code
        var words: String

        var testDescription: String { words }
    }

    @Test(
        "what is no answer has a name",
        arguments: [
            Failure(answer: ready, closes: false, code: .tooLarge, words: "the body has more than 4 bytes"),
            Failure(
                answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nready\r\n0\r\n\r\n", closes: false,
                code: .tooLarge, words: "the body has more than 4 bytes"),
            Failure(
                answer: "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nre", code: .closed,
                words: "closed before the answer was complete"),
            Failure(answer: "SSH-2.0-x\r\n", code: .malformed, words: "not an HTTP answer"),
        ])
    func failures(failure: Failure) async throws {
        try await withClient { client in
            try await AnsweringServer.run(failure.answer, closes: failure.closes) { server in
                let endpoint = LocalEndpoint(port: server.port, client: client)
                let error = await #expect(throws: EndpointError.self) {
                    try await endpoint.get("/x", within: .seconds(10), upTo: 4)
                }
                #expect(error?.code == failure.code)
                let start = "GET http://127.0.0.1:\(server.port)/x: \(failure.words)"
                #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
            }
        }
    }

    @Test(
        "an answer that is not complete in time is none",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nready"])
    func timeout(answer: String) async throws {
        try await withClient { client in
            try await AnsweringServer.run(answer) { server in
                let endpoint = LocalEndpoint(port: server.port, client: client)
                let error = await #expect(throws: EndpointError.self) {
                    try await endpoint.get("/", within: .milliseconds(50))
                }
                #expect(error?.code == .timedOut)
                #expect(error?.message == "GET http://127.0.0.1:\(server.port)/: no complete answer within 50 ms")
            }
        }
    }

    @Test("a port on which nobody listens refuses")
    func refused() async throws {
        try await withClient { client in
            let held = try RefusingPort()
            defer { withExtendedLifetime(held) {} }
            let endpoint = LocalEndpoint(port: held.port, client: client)
            let error = await #expect(throws: EndpointError.self) { try await endpoint.get("/", within: .seconds(10)) }
            #expect(
                error?.code == .refused && error?.message.hasSuffix(": connection refused") == true,
                "\(error?.message ?? "")")
        }
    }

    @Test("a host that makes no URL is the configuration's mistake")
    func invalidTarget() async throws {
        try await withClient { client in
            let endpoint = LocalEndpoint(host: "", port: 1, client: client)
            let error = await #expect(throws: EndpointError.self) { try await endpoint.get("/", within: .seconds(10)) }
            #expect(error?.code == .invalidTarget)
        }
    }

    @Test("a request ends with its task")
    func cancellation() async throws {
        try await withClient { client in
            try await AnsweringServer.run("") { server in
                let endpoint = LocalEndpoint(port: server.port, client: client)
                let request = Task { try await endpoint.get("/", within: .seconds(600)) }
                request.cancel()
                let error = await #expect(throws: EndpointError.self) { try await request.value }
                #expect(error?.code == .cancelled)
            }
        }
    }
}
