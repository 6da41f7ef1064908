import CoreMetrics
import Exposition
import Synchronization
import Testing

@Suite("RegistryMetricsFactory")
struct RegistryMetricsFactoryTests {
    let registry = MetricRegistry()
    let reports = Reports()
    var factory: RegistryMetricsFactory {
        RegistryMetricsFactory(registry: registry, timerBuckets: [1], recorderBuckets: [10]) { [reports] in
            reports.add($0)
        }
    }

    final class Reports: Sendable {
        private let errors = Mutex<[ExpositionError]>([])
        var codes: [ExpositionError.Code] { errors.withLock { $0.map(\.code) } }
        func add(_ error: ExpositionError) { errors.withLock { $0.append(error) } }
    }

    @Test("counters of both kinds share a series, whatever the order of dimensions")
    func counters() {
        let whole = Counter(label: "jobs", dimensions: [("a", "1"), ("b", "2")], factory: factory)
        let fraction = FloatingPointCounter(label: "jobs", dimensions: [("b", "2"), ("a", "1")], factory: factory)
        whole.increment(by: 2)
        fraction.increment(by: 0.5)
        #expect(registry.samples() == [#"jobs_total{a="1",b="2"} 2.5"#])
        whole.reset()
        #expect(registry.samples() == [#"jobs_total{a="1",b="2"} 0"#])
    }

    @Test("meters and gauges are gauges")
    func gauges() {
        let meter = Meter(label: "queue", factory: factory)
        meter.set(5)
        meter.increment(by: 2.5)
        meter.decrement()
        Gauge(label: "level", factory: factory).record(-3)
        #expect(registry.samples() == ["level -3", "queue 6.5"])
    }

    @Test("recorders are histograms, timers histograms in seconds")
    func histograms() {
        Recorder(label: "size", factory: factory).record(7)
        Timer(label: "wait", factory: factory).recordMilliseconds(500)
        #expect(
            registry.samples() == [
                #"size_bucket{le="10"} 1"#, #"size_bucket{le="+Inf"} 1"#, "size_sum 7", "size_count 1",
                #"wait_seconds_bucket{le="1"} 1"#, #"wait_seconds_bucket{le="+Inf"} 1"#, "wait_seconds_sum 0.5",
                "wait_seconds_count 1",
            ])
    }

    @Test("a negative duration is ignored and counted")
    func negativeDuration() {
        let timer = Timer(label: "wait", factory: factory)
        timer.recordNanoseconds(-1)
        timer.recordNanoseconds(Int64.min)
        #expect(registry.refusals.negativeDurations == 2)
        #expect(registry.samples().last == "wait_seconds_count 0")
    }

    @Test("a negative increment is ignored and counted")
    func negativeIncrement() {
        Counter(label: "jobs", factory: factory).increment(by: -1)
        #expect(registry.samples() == ["jobs_total 0"])
        #expect(registry.refusals.invalidIncrements == 1)
    }

    @Test("invalid names become valid ones, the same each time")
    func sanitising() {
        Counter(label: "1.http-requests é", dimensions: [("__a b", "v"), ("2", "w")], factory: factory).increment()
        Gauge(label: "", factory: factory).record(1)
        #expect(registry.samples() == ["_ 1", #"_1_http_requests____total{_2="w",_a_b="v"} 1"#])
        #expect(reports.codes.isEmpty)
    }

    @Test("series of one name may have different dimensions")
    func openDimensions() {
        Counter(label: "jobs", dimensions: [("a", "1")], factory: factory).increment()
        Counter(label: "jobs", factory: factory).increment()
        #expect(registry.samples() == ["jobs_total 1", #"jobs_total{a="1"} 1"#])
    }

    @Test("a name used as another type works without effect, is counted and reported")
    func typeConflict() {
        Gauge(label: "size", factory: factory).record(1)
        Recorder(label: "size", factory: factory).record(2)
        #expect(registry.samples() == ["size 1"])
        #expect(registry.refusals.conflicts == 1)
        #expect(reports.codes == [.conflict])
    }

    @Test("a family registered up front is used with its buckets, and only with its labels")
    func registeredFamily() throws {
        try registry.histogram("wait_seconds", help: "h", labels: ["x"], buckets: [0.5])
        Timer(label: "wait", dimensions: [("x", "1")], factory: factory).recordSeconds(1)
        Timer(label: "wait", dimensions: [("y", "1")], factory: factory).recordSeconds(1)
        #expect(registry.samples().first == #"wait_seconds_bucket{x="1",le="0.5"} 0"#)
        #expect(registry.samples().count == 4)
        #expect(reports.codes == [.labelMismatch])
    }

    @Test("destroyed instruments leave the exposition")
    func destruction() {
        let counter = Counter(label: "jobs", factory: factory)
        let gauge = Gauge(label: "level", factory: factory)
        let meter = Meter(label: "queue", factory: factory)
        let timer = Timer(label: "wait", factory: factory)
        #expect(!registry.samples().isEmpty)
        counter.destroy()
        gauge.destroy()
        meter.destroy()
        timer.destroy()
        #expect(registry.samples().isEmpty)
    }
}
