import Exposition
import Testing

@Suite("MetricRegistry")
struct MetricRegistryTests {
    let registry = MetricRegistry()

    @Test(
        "names outside the rules are refused",
        arguments: ["", "1x_total", "a b_total", "a-b_total", "é_total", "no_suffix", "_total"])
    func invalidCounterNames(name: String) {
        expect(.invalidName) { try registry.counter(name, help: "h") }
    }

    @Test("label names outside the rules are refused", arguments: ["", "1a", "a-b", "__name__", "é", "a:b"])
    func invalidLabelNames(label: String) {
        expect(.invalidLabelName) { try registry.gauge("g", help: "h", labels: [label]) }
    }

    @Test("a label named twice is refused")
    func duplicateLabelNames() {
        expect(.invalidLabelName) { try registry.gauge("g", help: "h", labels: ["a", "a"]) }
    }

    @Test("a histogram's own label le is refused")
    func reservedLabel() {
        expect(.invalidLabelName) { try registry.histogram("h", help: "h", labels: ["le"], buckets: [1]) }
    }

    @Test(
        "buckets that do not ascend or are not finite are refused",
        arguments: [[], [1, 1], [2, 1], [.nan], [1, .infinity], [1, .nan]] as [[Double]])
    func invalidBuckets(bounds: [Double]) {
        expect(.invalidBuckets) { try registry.histogram("h", help: "h", buckets: bounds) }
    }

    @Test("a unit must end the name, before _total")
    func units() throws {
        try registry.counter("cpu_seconds_total", help: "h", unit: "seconds")
        try registry.gauge("memory_bytes", help: "h", unit: "bytes")
        expect(.invalidName) { try registry.gauge("memory", help: "h", unit: "bytes") }
    }

    @Test("registering alike returns the same series")
    func idempotentRegistration() throws {
        let first = try registry.counter("a_total", help: "h", labels: ["x"]).labels("1")
        let second = try registry.counter("a_total", help: "other", labels: ["x"]).labels("1")
        #expect(first === second)
    }

    @Test("one name cannot be two families, nor can their sample names meet")
    func conflicts() throws {
        try registry.gauge("g", help: "h")
        expect(.conflict) { try registry.gauge("g", help: "h", labels: ["x"]) }
        expect(.conflict) { try registry.histogram("g", help: "h", buckets: [1]) }
        try registry.gauge("lat_count", help: "h")
        expect(.conflict) { try registry.histogram("lat", help: "h", buckets: [1]) }
        try registry.counter("jobs_total", help: "h")
        expect(.conflict) { try registry.gauge("jobs", help: "h") }
    }

    @Test("the same labels in any order are the same series")
    func labelOrder() throws {
        let family = try registry.counter("a_total", help: "h", labels: ["b", "a"])
        let series = try family.labels("1", "2")
        #expect(try family.labels(["a": "2", "b": "1"]) === series)
        #expect(try family.labels(["b": "1", "a": "2"]) === series)
    }

    @Test("labels that are not the family's are refused")
    func labelMismatch() throws {
        let family = try registry.counter("a_total", help: "h", labels: ["a", "b"])
        expect(.labelMismatch) { try family.labels("1") }
        expect(.labelMismatch) { try family.labels("1", "2", "3") }
        expect(.labelMismatch) { try family.labels(["a": "1", "c": "2"]) }
        expect(.labelMismatch) { try family.labels(["a": "1", "b": "2", "c": "3"]) }
    }

    @Test("a negative or undefined increment changes nothing and is counted")
    func invalidIncrements() throws {
        let series = try registry.counter("a_total", help: "h").labels()
        series.increment(by: 3)
        series.increment(by: -1)
        series.increment(by: -0.5)
        series.increment(by: .nan)
        series.increment(by: 0.25)
        #expect(series.value == 3.25)
        #expect(registry.refusals.invalidIncrements == 3)
    }

    @Test("a counter beyond 64 bits goes on")
    func overflow() throws {
        let series = try registry.counter("a_total", help: "h").labels()
        for _ in 0..<3 { series.increment(by: Int.max) }
        #expect(series.value == 3 * Double(Int.max))
        #expect(registry.samples() == ["a_total 2.7670116110564327e+19"])
    }

    @Test("series that come and go between two scrapes are shown as they are in the end")
    func churn() throws {
        let family = try registry.gauge("g", help: "h", labels: ["x"])
        for round in 0..<3 {
            for name in ["a", "b", "c"] { try family.labels(name).set(Double(round)) }
            if round < 2 { for name in ["b", "c", "a"] { family.remove(name) } }
        }
        #expect(registry.samples() == [#"g{x="a"} 2"#, #"g{x="b"} 2"#, #"g{x="c"} 2"#])
    }

    @Test("a removed series leaves the exposition and starts anew when it comes back")
    func removal() throws {
        let family = try registry.gauge("g", help: "h", labels: ["x"])
        let series = try family.labels("b")
        series.set(7)
        try family.labels("a")
        #expect(registry.samples() == [#"g{x="a"} 0"#, #"g{x="b"} 7"#])
        #expect(family.remove(series))
        #expect(!family.remove(series))
        series.set(8)
        #expect(registry.samples() == [#"g{x="a"} 0"#])
        try family.labels("b")
        #expect(!family.remove(series))
        #expect(registry.samples() == [#"g{x="a"} 0"#, #"g{x="b"} 0"#])
        #expect(family.remove("a"))
        #expect(!family.remove("a", "too many"))
        try family.labels("a")
        #expect(family.remove("a"))
        #expect(registry.samples() == [#"g{x="b"} 0"#])
    }

    @Test("a collector supplies samples in order among those the family keeps")
    func collectors() throws {
        let family = try registry.gauge("g", help: "h", labels: ["x"])
        try family.labels("b").set(1)
        let token = registry.collect { samples in
            samples.emit(3, to: family, "c")
            samples.emit(0, to: family, "a")
        }
        #expect(registry.samples() == [#"g{x="a"} 0"#, #"g{x="b"} 1"#, #"g{x="c"} 3"#])
        registry.removeCollector(token)
        #expect(registry.samples() == [#"g{x="b"} 1"#])
    }

    @Test("a collector's duplicates and malformed samples are dropped and counted")
    func collectorRefusals() throws {
        let family = try registry.gauge("g", help: "h", labels: ["x"])
        try family.labels("kept").set(1)
        registry.collect { samples in
            samples.emit(9, to: family, "kept")
            samples.emit(2, to: family, "twice")
            samples.emit(3, to: family, "twice")
            samples.emit(4, to: family)
        }
        #expect(registry.samples() == [#"g{x="kept"} 1"#, #"g{x="twice"} 2"#])
        #expect(registry.refusals.duplicateSamples == 2)
        #expect(registry.refusals.malformedSamples == 1)
    }

    @Test("values that Unicode calls equivalent are different series, as they are to the scraper")
    func bytewiseLabels() throws {
        let family = try registry.gauge("g", help: "h", labels: ["x"])
        try family.labels("\u{E9}")
        try family.labels("e\u{301}")
        #expect(registry.samples().count == 2)
    }

    @Test("no increment is lost between threads, while others register and scrape")
    func concurrency() async throws {
        let family = try registry.counter("a_total", help: "h", labels: ["x"])
        let shared = try family.labels("shared")
        let histogram = try registry.histogram("h", help: "h", buckets: [1, 2]).labels()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for step in 0..<1_000 {
                        shared.increment()
                        shared.increment(by: 0.5)
                        histogram.observe(Double(step % 3))
                        _ = try? family.labels("\(worker)-\(step % 50)")
                        if step % 100 == 0 { family.remove("\(worker)-\(step % 50)") }
                    }
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<20 {
                        let samples = registry.samples()
                        let series = samples.map { $0.split(separator: " ")[0] }
                        #expect(Set(series).count == series.count)
                        let count = value(of: "h_count", in: samples)
                        #expect(count != nil && count == value(of: #"h_bucket{le="+Inf"}"#, in: samples))
                    }
                }
            }
        }
        #expect(shared.value == 6_000)
        #expect(histogram.snapshot().count == 4_000)
    }

    private func value(of series: String, in samples: [String]) -> Substring? {
        samples.first { $0.hasPrefix(series) }?.split(separator: " ").last
    }

    private func expect(_ code: ExpositionError.Code, _ body: () throws -> some Any) {
        let error = #expect(throws: ExpositionError.self) { _ = try body() }
        #expect(error?.code == code)
    }
}
