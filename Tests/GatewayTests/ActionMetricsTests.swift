import Exposition
import Testing

@testable import Gateway
@testable import Supervision

@Suite("ActionMetrics")
struct ActionMetricsTests {
    @Test("a duration carries the number of its action, the one that the log has as action_id")
    func exemplar() throws {
        let registry = MetricRegistry()
        let metrics = try ActionMetrics(registry)
        let outcome = ActionOutcome(
            id: 0x1f, name: "start-process", result: .success, endedAt: .start, duration: .milliseconds(250))
        try metrics.noteCompleted(HierarchyPath(["box", "broker"]), outcome)
        var bytes: [UInt8] = []
        ExpositionFormat.negotiated(accept: "application/openmetrics-text").write(registry, into: &bytes)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let bucket =
            #"supervisor_action_duration_seconds_bucket{action_type="start-process",worker_id="box/broker",le="0.5"} 1"#
        #expect(lines.contains { $0.hasPrefix(#"\#(bucket) # {action="000000000000001f"} 0.25 "#) }, "\(lines)")
    }
}
