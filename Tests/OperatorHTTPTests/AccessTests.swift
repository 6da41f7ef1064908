import AsyncHTTPClient
import Bcrypt
import FoundationEssentials
import NIOCore
import NIOHTTP1
import OperatorHTTP
import Testing

@Suite("Access to the public server", .timeLimit(.minutes(1)))
struct AccessTests {
    /// The password is `U*U`: a test vector of crypt_blowfish.
    private static let hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"

    @Test(
        "with users, every path needs the password of one, those that do not exist included",
        arguments: ["/", "/metrics", "/healthz", "/readyz", "/version", "/nope"]
    )
    func everyPath(_ path: String) async throws {
        let observer = RecordingObserver()
        let users = ["ada": try BcryptHash(Self.hash)]
        let (none, wrong, right) = try await withServer(ServerAccess(users: users), observer) { url in
            (
                try await ask(url + path, nil), try await ask(url + path, "ada:U*U*"),
                try await ask(url + path, "ada:U*U")
            )
        }
        #expect(none.status == .unauthorized && wrong.status == .unauthorized)
        #expect(none.headers["www-authenticate"].first?.hasPrefix("Basic realm=") == true)
        #expect(right.status == (path == "/nope" ? .notFound : .ok))
        #expect(observer.seen.requests.prefix(2) == ["other 401", "other 401"])
    }

    @Test("every answer gets the headers, a refusal too")
    func headers() async throws {
        let header = try #require(AnswerHeader("X-Frame-Options", "deny"))
        let access = ServerAccess(users: ["ada": try BcryptHash(Self.hash)], headers: [header])
        let (refused, admitted) = try await withServer(access) { url in
            (try await ask("\(url)/healthz", nil), try await ask("\(url)/healthz", "ada:U*U"))
        }
        #expect(refused.headers["x-frame-options"] == ["deny"])
        #expect(admitted.headers["x-frame-options"] == ["deny"])
    }

    @Test("requests beyond the rate are refused")
    func rate() async throws {
        let access = ServerAccess(rate: RequestRate(interval: .seconds(3600), burst: 2))
        let statuses = try await withServer(access) { url in
            var statuses: [HTTPResponseStatus] = []
            for _ in 0..<3 { statuses.append(try await ask("\(url)/healthz", nil).status) }
            return statuses
        }
        #expect(statuses == [.ok, .ok, .tooManyRequests])
    }

    @Test("a header with a line break is none", arguments: [("X-A", "b\r\nX-C: d"), ("X A", "b"), ("", "b")])
    func brokenHeader(_ name: String, _ value: String) {
        #expect(AnswerHeader(name, value) == nil)
    }

    private func withServer<Result: Sendable>(
        _ access: ServerAccess,
        _ observer: RecordingObserver = RecordingObserver(),
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        let reading = AccessControl.Reading(access: access) { true }
        let control = AccessControl(reading, observer: observer, now: { .zero }, read: { reading })
        let server = try await PublicServer.forTest(access: control, observer: observer)
        return try await running(server) { try await body("http://\(server.address)") }
    }

    private func ask(
        _ url: String,
        _ credentials: String?
    ) async throws -> (status: HTTPResponseStatus, headers: HTTPHeaders) {
        try await HTTPClient.withHTTPClient { client in
            var request = HTTPClientRequest(url: url)
            if let credentials {
                request.headers.add(
                    name: "Authorization", value: "Basic \(Data(credentials.utf8).base64EncodedString())")
            }
            let response = try await client.execute(request, timeout: .seconds(30))
            return (response.status, response.headers)
        }
    }
}
