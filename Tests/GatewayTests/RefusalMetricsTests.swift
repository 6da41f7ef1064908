import Exposition
import Testing

@testable import Gateway

@Suite("RefusalMetrics")
struct RefusalMetricsTests {
    @Test("what the registry has refused shows by its reason, and all reasons exist from the start")
    func reasons() throws {
        let registry = MetricRegistry()
        let metrics = try RefusalMetrics(registry)
        registry.collect { [weak registry] samples in
            if let registry { metrics.collect(&samples, registry.refusals) }
        }
        let counter = try registry.counter("x_total", help: "x").labels()
        counter.increment(by: -1)
        counter.increment(by: -2)
        try registry.histogram("y_seconds", help: "y", unit: "seconds", buckets: [1]).labels().observe(.seconds(-1))
        let prefix = "gatewarden_metrics_refusals_total"
        let shown = registry.samples.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        #expect(
            shown.sorted() == [
                #"{reason="conflict"} 0"#, #"{reason="duplicate_sample"} 0"#, #"{reason="invalid_exemplar"} 0"#,
                #"{reason="invalid_increment"} 2"#, #"{reason="malformed_sample"} 0"#,
                #"{reason="negative_duration"} 1"#,
            ])
    }
}
