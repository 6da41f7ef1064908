import AsyncHTTPClient
import MetricSelection
import NIOPosix
import Probes
import ProcessControl
import Testing

@Suite("Prober factory", .timeLimit(.minutes(1)))
struct ProberFactoryTests {
    @Test("each kind of probe gets the prober that asks its question")
    func kinds() async throws {
        let closed = try UnansweringPort(.refusing)
        let url = "http://127.0.0.1:\(closed.port)/"
        let notYet = "notify: the process has not written a newline to descriptor 3 yet"
        let kinds: [(ProbeConfiguration.Kind, String)] = [
            (.alive, "the process is not running"),
            (.tcp(host: "127.0.0.1", port: closed.port), "TCP 127.0.0.1:\(closed.port): connection refused"),
            (.http(HTTPProbe(url: url)), "GET \(url): connection refused"),
            (.exec(ExecProbe(program: "false")), "exec false: exit code 1"),
            (.log(LogProbe(contains: "ready")), "log: no line contains \"ready\" yet"),
            (.notify(descriptor: 3), notYet),
            (
                .metric(MetricProbe(url: url, selector: try MetricSelector("up"), condition: .above(0))),
                "GET \(url): connection refused"
            ),
        ]
        try await HTTPClient.withHTTPClient(configuration: HTTPProber.clientConfiguration) { client in
            let factory = ProberFactory(
                client: client,
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                reactor: try ProcessReactor()
            )
            for (kind, message) in kinds {
                let failure = await factory.prober(for: kind, of: .test(kind)).failure()
                #expect(failure?.message == message)
            }
        }
    }
}
