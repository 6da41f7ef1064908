import AsyncHTTPClient
import NIOPosix
import Probes
import Testing

@Suite("Prober factory", .timeLimit(.minutes(1)))
struct ProberFactoryTests {
    @Test("each kind of probe gets the prober that asks its question")
    func kinds() async throws {
        let closed = try UnansweringPort(.refusing)
        let kinds: [(ProbeConfiguration.Kind, String)] = [
            (.alive, "the process is not running"),
            (.tcp(host: "127.0.0.1", port: closed.port), "TCP 127.0.0.1:\(closed.port): connection refused"),
            (
                .http(HTTPProbe(url: "http://127.0.0.1:\(closed.port)/")),
                "GET http://127.0.0.1:\(closed.port)/: connection refused"
            ),
        ]
        try await HTTPClient.withHTTPClient(configuration: HTTPProber.clientConfiguration) { client in
            let factory = ProberFactory(client: client, eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
            for (kind, message) in kinds {
                let prober = factory.prober(for: kind, isAlive: { false })
                let failure = await #expect(throws: ProbeFailure.self) { try await prober.probe(within: .seconds(50)) }
                #expect(failure?.message == message)
            }
        }
    }
}
