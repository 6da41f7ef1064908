import AsyncHTTPClient
import Bcrypt
import NIOCore
import NIOHTTP1
import OperatorHTTP
import Testing

@Suite("Metrics endpoint", .timeLimit(.minutes(1)))
struct MetricsEndpointTests {
    private static let text = String(repeating: "gatewarden_child_up{child=\"box/a\"} 1\n", count: 1000)

    @Test(
        "the coding that the client asks for is used, and curl reads what comes",
        .enabled(if: Curl.isInstalled, "curl is not installed"),
        arguments: ["gzip", "zstd", "identity", "gzip;q=0.1, zstd;q=0"]
    )
    func coded(_ accepted: String) async throws {
        let output = try await withServer { url in
            try await Curl.run(["--compressed", "--header", "Accept-Encoding: \(accepted)", "\(url)/metrics"])
        }
        #expect(output == Self.text)
    }

    @Test(
        "HEAD tells what GET would send, without the body",
        arguments: ["gzip", "zstd", "identity", "*", "br"]
    )
    func head(_ accepted: String) async throws {
        let headers: HTTPHeaders = ["Accept-Encoding": accepted]
        let (get, head) = try await withServer { url in
            (try await ask(url, .GET, headers), try await ask(url, .HEAD, headers))
        }
        #expect(get.status == .ok && head.status == .ok)
        for name in ["content-length", "content-encoding", "content-type", "vary"] {
            #expect(get.headers[name] == head.headers[name])
        }
        #expect(get.headers["content-length"] == ["\(get.bytes)"])
        #expect(head.bytes == 0)
        #expect(get.headers["vary"] == ["Accept, Accept-Encoding"])
    }

    @Test("where no coding is acceptable, the answer says which there are")
    func notAcceptable() async throws {
        let answer = try await withServer { try await ask($0, .GET, ["Accept-Encoding": "identity;q=0, br"]) }
        #expect(answer.status == .notAcceptable)
        #expect(answer.headers["vary"] == ["Accept, Accept-Encoding"])
    }

    @Test("the format that the client asks for is used")
    func format() async throws {
        let answer = try await withServer { try await ask($0, .GET, ["Accept": "application/openmetrics-text"]) }
        #expect(answer.headers["content-type"] == ["text/plain; version=1.0.0; charset=utf-8"])
    }

    @Test("requests, connections and renderings are told, by the paths of routes")
    func observed() async throws {
        let observer = RecordingObserver()
        let server = try await PublicServer.forTest(observer: observer)
        try await running(server) {
            for path in ["/metrics", "/healthz", "/nope", "/nope?\(String(repeating: "x", count: 100))"] {
                let request = ByteBuffer(string: "GET \(path) HTTP/1.1\r\nConnection: close\r\n\r\n")
                _ = try await RawConnection.open(port: server.address.port) { inbound, outbound in
                    try await outbound.write(request)
                    return await inbound.readToEnd()
                }
            }
        }
        let seen = observer.seen
        #expect(seen.requests == ["/metrics 200", "/healthz 200", "other 404", "other 404"])
        #expect(Set(["/", "/metrics", "/healthz", "/readyz", "/version", "other"]).isSubset(of: seen.paths))
        #expect(seen.opened == 4 && seen.closed == 4)
        #expect(seen.renderings == 1)
    }

    private func withServer<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
        let server = try await PublicServer.forTest { Self.text }
        return try await running(server) { try await body("http://\(server.address)") }
    }
}

/// Asks for the metrics without taking anything of the answer apart.
private func ask(
    _ base: String,
    _ method: HTTPMethod,
    _ headers: HTTPHeaders
) async throws -> (status: HTTPResponseStatus, headers: HTTPHeaders, bytes: Int) {
    try await HTTPClient.withHTTPClient { client in
        var request = HTTPClientRequest(url: "\(base)/metrics")
        request.method = method
        request.headers = headers
        let response = try await client.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 20)
        return (response.status, response.headers, body.readableBytes)
    }
}
