import AsyncHTTPClient
import Probes
import Testing

@Suite("HTTP prober", .timeLimit(.minutes(1)))
struct HTTPProberTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready"

    @Test("an expected answer passes, on a connection of its own each time")
    func passes() async throws {
        try await ScriptedServer.run(.says(Self.ok)) { server in
            for _ in 1...3 {
                #expect(await failure(server, bodyContains: "read") == nil)
            }
            #expect(server.connections == 3)
        }
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        var name: String
        var behaviour: ScriptedServer.Behaviour
        var expectedStatus: Int?
        var bodyContains: String?
        var code: ProbeFailure.Code?
        var words: String = ""

        var testDescription: String { name }
    }

    @Test(
        "an answer is judged by status and body",
        arguments: [
            Answer(
                name: "503",
                behaviour: .says("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
                code: .unexpectedStatus,
                words: "status 503, expected 200...399"
            ),
            Answer(
                name: "503 where 503 is expected",
                behaviour: .says("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
                expectedStatus: 503
            ),
            Answer(
                name: "200 where 204 is expected",
                behaviour: .says(ok),
                expectedStatus: 204,
                code: .unexpectedStatus,
                words: "status 200, expected 204"
            ),
            Answer(
                name: "a redirect is not followed",
                behaviour: .says("HTTP/1.1 302 Found\r\nLocation: http://host.invalid/\r\nContent-Length: 0\r\n\r\n")
            ),
            Answer(
                name: "wrong body",
                behaviour: .says(ok),
                bodyContains: "steady",
                code: .unexpectedBody,
                words: "the body does not contain \"steady\""
            ),
            Answer(
                name: "garbage",
                behaviour: .says("SSH-2.0-OpenSSH_9.2\r\n"),
                code: .malformed,
                words: "not an HTTP answer"
            ),
            Answer(
                name: "closed without an answer",
                behaviour: .saysAndCloses(""),
                code: .closed,
                words: "closed before the answer was complete"
            ),
            Answer(
                name: "closed in the middle of the head",
                behaviour: .saysAndCloses("HTTP/1.1 200 OK\r\nContent-Le"),
                code: .closed,
                words: "closed before the answer was complete"
            ),
            Answer(
                name: "closed in the middle of the body",
                behaviour: .saysAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nready"),
                code: .closed,
                words: "closed before the answer was complete"
            ),
        ]
    )
    func answers(_ test: Answer) async throws {
        try await ScriptedServer.run(test.behaviour) { server in
            let failure = await failure(
                server,
                expectedStatus: test.expectedStatus,
                bodyContains: test.bodyContains
            )
            #expect(failure?.code == test.code)
            #expect(failure?.message.hasPrefix("GET http://127.0.0.1:\(server.port)/ready: \(test.words)") ?? true)
        }
    }

    @Test("of a huge body 64 KiB are read, and the probe does not wait for the rest")
    func hugeBody() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
        let begin = head + String(repeating: "x", count: HTTPProber.bodyLimit - 4)
        try await ScriptedServer.run(.says(begin + "last" + "late")) { server in
            #expect(await failure(server, bodyContains: "last") == nil)
            #expect(await failure(server, bodyContains: "late")?.code == .unexpectedBody)
        }
    }

    @Test(
        "an answer that does not come or does not end times out",
        arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nready"]
    )
    func hanging(_ begin: String) async throws {
        try await ScriptedServer.run(begin.isEmpty ? .silent : .says(begin)) { server in
            let failure = await failure(server, timeout: .milliseconds(200))
            let message = "GET http://127.0.0.1:\(server.port)/ready: timed out after 200 ms"
            #expect(failure == ProbeFailure(code: .timedOut, message: message))
        }
    }

    @Test("a port without a listener is refused at once")
    func refused() async throws {
        let closed = try UnansweringPort(.refusing)
        let failure = await failure("http://127.0.0.1:\(closed.port)/ready")
        let message = "GET http://127.0.0.1:\(closed.port)/ready: connection refused"
        #expect(failure == ProbeFailure(code: .refused, message: message))
    }

    @Test("a host without an address is unresolvable")
    func unresolvable() async {
        let failure = await failure("http://host.invalid/ready", timeout: .seconds(9))
        #expect(failure?.code == .unresolvable)
        #expect(failure?.message == "GET http://host.invalid/ready: the host host.invalid has no address")
    }

    @Test("a URL that cannot be asked says so", arguments: ["127.0.0.1:80", "/ready", "http://", ""])
    func invalidTarget(_ url: String) async {
        #expect(await failure(url)?.code == .invalidTarget)
    }

    @Test("cancelling ends a request under way at once")
    func cancelled() async throws {
        try await ScriptedServer.run(.silent) { server in
            let task = Task { await failure(server, timeout: .seconds(600)) }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
        }
    }

    private func failure(
        _ server: ScriptedServer,
        expectedStatus: Int? = nil,
        bodyContains: String? = nil,
        timeout: Duration = .seconds(50)
    ) async -> ProbeFailure? {
        let url = "http://127.0.0.1:\(server.port)/ready"
        let probe = HTTPProbe(url: url, expectedStatus: expectedStatus, bodyContains: bodyContains)
        return await failure(of: probe, timeout: timeout)
    }

    private func failure(_ url: String, timeout: Duration = .seconds(50)) async -> ProbeFailure? {
        await failure(of: HTTPProbe(url: url), timeout: timeout)
    }

    private func failure(of probe: HTTPProbe, timeout: Duration) async -> ProbeFailure? {
        do {
            try await HTTPClient.withHTTPClient(configuration: HTTPProber.clientConfiguration) { client in
                try await HTTPProber(probe, client: client).probe(within: timeout)
            }
            return nil
        } catch let failure as ProbeFailure {
            return failure
        } catch {
            return ProbeFailure(code: .other, message: "the client failed: \(error)")
        }
    }
}
