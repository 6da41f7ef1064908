import NIOCore
import OperatorHTTP
import Testing

@Suite("Listening", .timeLimit(.minutes(1)))
struct ListeningTests {
    @Test("port 0 gives a free port, and the server says which")
    func freePort() async throws {
        let first = try await PublicServer.forTest()
        let second = try await PublicServer.forTest()
        #expect(first.address.port != second.address.port)
        #expect(first.address.port != 0)
        await first.close()
        await second.close()
    }

    @Test("an address in use is named before anything runs")
    func addressInUse() async throws {
        let server = try await PublicServer.forTest()
        let error = await #expect(throws: OperatorError.self) {
            try await PublicServer.forTest(address: server.address)
        }
        #expect(error?.code == .cannotListen)
        #expect(
            error?.message == "cannot listen on \(server.address): the address is in use; "
                + "stop who listens there or give another one with --listen"
        )
        await server.close()
    }

    @Test(
        "an address that this machine does not have is named",
        arguments: [
            ("192.0.2.1", "no interface of this machine"), ("host.invalid", "the host host.invalid has no address"),
        ]
    )
    func foreignAddress(_ host: String, _ words: String) async {
        let error = await #expect(throws: OperatorError.self) {
            try await PublicServer.forTest(address: ListenAddress(host: host, port: 0))
        }
        #expect(error?.message.hasPrefix("cannot listen on \(host):0: \(words)") == true)
    }

    @Test("after a close the address is free again")
    func closed() async throws {
        let first = try await PublicServer.forTest()
        await first.close()
        let second = try await onceFree { try await PublicServer.forTest(address: first.address) }
        #expect(second.address == first.address)
        await second.close()
    }

    @Test("a server that is dropped is closed, even with a client waiting")
    func dropped() async throws {
        var server: PublicServer? = try await PublicServer.forTest()
        let port = try #require(server?.address.port)
        try await RawConnection.open(port: port) { inbound, _ in
            server = nil
            let answer = await inbound.readToEnd()
            #expect(answer.isEmpty)
        }
    }

    @Test("an IPv6 address is written in brackets")
    func brackets() {
        #expect("\(ListenAddress(host: "::1", port: 9620))" == "[::1]:9620")
        #expect("\(ListenAddress(host: "127.0.0.1", port: 9620))" == "127.0.0.1:9620")
    }
}
