import NIOCore
import OperatorHTTP
import Testing

@Suite("Server limits", .timeLimit(.minutes(1)))
struct ServerLimitsTests {
    @Test("a client that sends its request too slowly is cut off")
    func slowSender() async throws {
        let limits = ServerLimits(idleTimeout: .seconds(600), exchangeTimeout: .milliseconds(200))
        #expect(try await answer(to: "GET /healthz HTTP/1.1\r\nX-Slow: ", limits).isEmpty)
    }

    @Test("a client that says nothing is cut off")
    func silentClient() async throws {
        #expect(try await answer(to: "", ServerLimits(idleTimeout: .milliseconds(200))).isEmpty)
    }

    @Test("a client that does not read its answer is cut off")
    func slowReader() async throws {
        let limits = ServerLimits(connections: 1, exchangeTimeout: .seconds(2))
        let size = 64 * 1024 * 1024
        let server = try await PublicServer.forTest(limits: limits) { String(repeating: "x", count: size) }
        try await running(server) {
            try await RawConnection.open(port: server.address.port) { slow, toServer in
                try await toServer.write(ByteBuffer(string: "GET /metrics HTTP/1.1\r\n\r\n"))
                // There is room for one: that another one is answered shows that this one was cut off. On a busy machine
                // the other one may be too slow as well, and tries again.
                var isAnswered = false
                while !isAnswered {
                    isAnswered = try await RawConnection.open(port: server.address.port) { next, toServer in
                        try await toServer.write(ByteBuffer(string: "GET /healthz HTTP/1.1\r\n\r\n"))
                        return await next.readToEnd(orUntil: "ok\n").hasPrefix("HTTP/1.1 200")
                    }
                }
                #expect(await slow.readToEnd().utf8.count < size)
            }
        }
    }

    @Test("a head over the limit is answered with 400")
    func longHead() async throws {
        let request = "GET /healthz HTTP/1.1\r\nX-Long: \(String(repeating: "x", count: 20_000))\r\n\r\n"
        #expect(try await answer(to: request, ServerLimits()).hasPrefix("HTTP/1.1 400 Bad Request"))
    }

    @Test(
        "a body over the limit is answered with 413 and ends the connection",
        arguments: ["Content-Length: 4097", "Content-Length: x", "Transfer-Encoding: chunked"]
    )
    func longBody(_ header: String) async throws {
        let answer = try await answer(to: "GET /healthz HTTP/1.1\r\n\(header)\r\n\r\n", ServerLimits())
        #expect(["HTTP/1.1 413", "HTTP/1.1 400"].contains(answer.prefix(12)))
    }

    @Test("a request that is not HTTP is answered with 400")
    func garbage() async throws {
        #expect(try await answer(to: "\u{16}\u{3}\u{1}\r\n\r\n", ServerLimits()).hasPrefix("HTTP/1.1 400"))
    }

    @Test("a connection over the limit waits until another one ends")
    func connectionLimit() async throws {
        let server = try await PublicServer.forTest(limits: ServerLimits(connections: 1, idleTimeout: .seconds(600)))
        let request = ByteBuffer(string: "GET /healthz HTTP/1.1\r\n\r\n")
        try await running(server) {
            try await RawConnection.open(port: server.address.port) { second, toServer in
                try await RawConnection.open(port: server.address.port) { _, _ in }
                try await toServer.write(request)
                #expect(try await second.read(until: "ok\n").hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    /// Sends bytes and returns what comes back until the server closes the connection.
    private func answer(to request: String, _ limits: ServerLimits) async throws -> String {
        let server = try await PublicServer.forTest(limits: limits)
        return try await running(server) {
            try await RawConnection.open(port: server.address.port) { inbound, outbound in
                if !request.isEmpty { try await outbound.write(ByteBuffer(string: request)) }
                return await inbound.readToEnd()
            }
        }
    }
}
