import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OperatorHTTP
import Testing

@Suite("Public server", .timeLimit(.minutes(1)))
struct PublicServerTests {
    private static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    @Test("metrics come with the content type of their renderer")
    func metrics() async throws {
        let answer = try await ask("/metrics")
        #expect(answer.status == .ok)
        #expect(answer.headers["content-type"] == [Self.contentType])
        #expect(answer.body == "up 1\n")
    }

    @Test("HEAD gets the head of GET, without the body")
    func head() async throws {
        let answer = try await ask("/metrics", .HEAD)
        #expect(answer.status == .ok)
        #expect(answer.headers["content-type"] == [Self.contentType])
        #expect(answer.headers["content-length"] == ["5"])
        #expect(answer.body.isEmpty)
    }

    @Test("healthz says ok")
    func healthz() async throws {
        let answer = try await ask("/healthz")
        #expect(answer.status == .ok)
        #expect(answer.body == "ok\n")
    }

    @Test(
        "readyz is 200 only when ready, and says why not",
        arguments: [
            (HealthReport(status: .ready), HTTPResponseStatus.ok, #"{"reasons":[],"status":"ready"}"#),
            (
                HealthReport(status: .degraded, reasons: [.init(path: "/a/b", reason: "status 503")]),
                .serviceUnavailable,
                #"{"reasons":[{"path":"/a/b","reason":"status 503"}],"status":"degraded"}"#
            ),
            (HealthReport(status: .starting), .serviceUnavailable, #"{"reasons":[],"status":"starting"}"#),
            (HealthReport(status: .stopping), .serviceUnavailable, #"{"reasons":[],"status":"stopping"}"#),
        ]
    )
    func readyz(_ health: HealthReport, _ status: HTTPResponseStatus, _ body: String) async throws {
        let answer = try await ask("/readyz", health: health)
        #expect(answer.status == status)
        #expect(answer.headers["content-type"] == ["application/json"])
        #expect(answer.body == body)
    }

    @Test("version names version and compiler")
    func version() async throws {
        #expect(try await ask("/version").body == #"{"swift":"6.3","version":"1.2.3"}"#)
    }

    @Test(
        "the index and the answer to a path that does not exist list what exists",
        arguments: [
            (HTTPMethod.GET, "/", HTTPResponseStatus.ok), (.GET, "/nope", .notFound), (.POST, "/metrics", .notFound),
        ]
    )
    func index(_ method: HTTPMethod, _ path: String, _ status: HTTPResponseStatus) async throws {
        let answer = try await ask(path, method)
        #expect(answer.status == status)
        for path in ["/metrics", "/healthz", "/readyz", "/version"] { #expect(answer.body.contains(path)) }
    }

    @Test("a connection made before the server runs is answered once it runs")
    func boundBeforeRunning() async throws {
        let server = try await PublicServer.forTest()
        let answer = try await RawConnection.open(port: server.address.port) { inbound, outbound in
            try await outbound.write(ByteBuffer(string: "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"))
            return try await running(server) { await inbound.readToEnd() }
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test("an idle connection does not hold up the shutdown")
    func shutdownWithIdleConnection() async throws {
        let limits = ServerLimits(idleTimeout: .seconds(600), drainTimeout: .seconds(600))
        let server = try await PublicServer.forTest(limits: limits)
        let (rest, answer) = try await RawConnection.open(port: server.address.port) { inbound, outbound in
            let answer = try await running(server) {
                try await outbound.write(ByteBuffer(string: "GET /healthz HTTP/1.1\r\n\r\n"))
                return try await inbound.read(until: "ok\n")
            }
            return (await inbound.readToEnd(), answer)
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
        #expect(rest.isEmpty)
    }

    @Test("a request under way at the shutdown is answered")
    func shutdownWithRequest() async throws {
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let (answers, answer) = AsyncStream.makeStream(of: Void.self)
        let gateway = FakeGateway {
            ask.yield()
            for await _ in answers { break }
            return HealthReport(status: .degraded, reasons: [.init(path: "/late", reason: "asked for at the end")])
        }
        let server = try await PublicServer.forTest(
            gateway: gateway,
            limits: ServerLimits(drainTimeout: .seconds(600))
        )
        let text = try await RawConnection.open(port: server.address.port) { inbound, outbound in
            try await running(server) {
                try await outbound.write(ByteBuffer(string: "GET /readyz HTTP/1.1\r\n\r\n"))
                for await _ in asked { break }
                answer.yield()
            }
            return await inbound.readToEnd()
        }
        #expect(text.contains("/late"))
    }

    @Test("a request that does not end is cut at the shutdown when its time is up")
    func shutdownWithEndlessRequest() async throws {
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let (never, neverAnswer) = AsyncStream.makeStream(of: Void.self)
        let gateway = FakeGateway {
            ask.yield()
            for await _ in never {}
            return HealthReport(status: .ready)
        }
        let server = try await PublicServer.forTest(
            gateway: gateway,
            limits: ServerLimits(drainTimeout: .milliseconds(100))
        )
        let text = try await RawConnection.open(port: server.address.port) { inbound, outbound in
            try await running(server) {
                try await outbound.write(ByteBuffer(string: "GET /readyz HTTP/1.1\r\n\r\n"))
                for await _ in asked { break }
            }
            return await inbound.readToEnd()
        }
        #expect(text.isEmpty)
        neverAnswer.finish()
    }

    private func ask(
        _ path: String,
        _ method: HTTPMethod = .GET,
        health: HealthReport = HealthReport(status: .ready)
    ) async throws -> (status: HTTPResponseStatus, headers: HTTPHeaders, body: String) {
        let server = try await PublicServer.forTest(gateway: FakeGateway { health })
        return try await running(server) {
            try await HTTPClient.withHTTPClient { client in
                var request = HTTPClientRequest(url: "http://\(server.address)\(path)")
                request.method = method
                let response = try await client.execute(request, timeout: .seconds(30))
                let body = try await response.body.collect(upTo: 1 << 20)
                return (response.status, response.headers, String(buffer: body))
            }
        }
    }
}
