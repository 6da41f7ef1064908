import Exposition
import Supervision
import Testing
import Workers

@testable import Gateway

@Suite("ConnectionTelemetry")
struct ConnectionTelemetryTests {
    private static let path = HierarchyPath(["box", "press", "connection"])
    private let registry = MetricRegistry()
    private let telemetry: ConnectionTelemetry

    init() throws {
        let telemetry = ConnectionTelemetry(metrics: try ConnectionMetrics(registry))
        registry.collect { telemetry.collect(&$0) }
        self.telemetry = telemetry
        telemetry.open(Self.path)
    }

    private static let rows: [(ConnectionObservation.Reach, [String])] = [
        (.unknown, []), (.up(connectTime: .milliseconds(250)), ["changes 4", "seconds 0.25", "up 1"]),
        (.down("refused"), ["changes 4", "up 0"]),
    ]

    @Test("what is known of a connection shows, and nothing else", arguments: rows)
    func table(_ reach: ConnectionObservation.Reach, _ expected: [String]) {
        telemetry.connectionObserved(Self.path, ConnectionObservation(reach: reach, changes: 4))
        let samples = registry.samples.map {
            $0.replacing("gatewarden_connection_", with: "")
                .replacing(#"{child="box/press/connection"}"#, with: "")
        }
        #expect(samples.sorted() == expected)
    }

    @Test("a connection that has gone leaves nothing, and a late observation does not bring it back")
    func closing() {
        let observation = ConnectionObservation(reach: .down("refused"))
        telemetry.connectionObserved(Self.path, observation)
        #expect(!registry.samples.isEmpty)
        telemetry.close(Self.path)
        telemetry.connectionObserved(Self.path, observation)
        #expect(registry.samples.isEmpty)
    }
}
