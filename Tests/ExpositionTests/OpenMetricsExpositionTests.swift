import Exposition
import Synchronization
import Testing

@Suite("OpenMetricsExposition")
struct OpenMetricsExpositionTests {
    static let format = ExpositionFormat(.openMetrics1)
    let clock = TestClock(milliseconds: 1_700_000_000_007)
    let registry: MetricRegistry

    init() {
        registry = MetricRegistry(now: clock.now)
    }

    @Test("an empty registry is only the end of the text")
    func empty() {
        #expect(registry.text(Self.format) == "# EOF\n")
    }

    @Test("a counter's family has no _total, its samples do, and each series says when it began")
    func counters() throws {
        let family = try registry.counter("cpu_seconds_total", help: "Time.", unit: "seconds", labels: ["x"])
        try family.labels("a").increment(by: 2.5)
        clock.advance(milliseconds: 1_000)
        try family.labels("b").increment(by: 3)
        let expected = """
            # TYPE cpu_seconds counter
            # UNIT cpu_seconds seconds
            # HELP cpu_seconds Time.
            cpu_seconds_total{x="a"} 2.5
            cpu_seconds_created{x="a"} 1700000000.007
            cpu_seconds_total{x="b"} 3
            cpu_seconds_created{x="b"} 1700000001.007
            # EOF

            """
        #expect(registry.text(Self.format) == expected)
    }

    @Test("a counter that is set back begins anew")
    func reset() throws {
        let series = try registry.counter("a_total", help: "h").labels()
        series.increment(by: 1, exemplar: ["run_id": "7"])
        clock.advance(milliseconds: 5_000)
        series.reset()
        #expect(registry.samples(Self.format) == ["a_total 0", "a_created 1700000005.007"])
    }

    @Test("a collector's counters have no creation time: only who counts knows it")
    func collected() throws {
        let family = try registry.counter("a_total", help: "h", labels: ["x"])
        registry.collect { $0.emit(4, to: family, "v") }
        #expect(registry.samples(Self.format) == [#"a_total{x="v"} 4"#])
    }

    @Test("HELP and labels escape backslash, newline and quote")
    func escaping() throws {
        try registry.gauge("g", help: "a\\b\n\"c\" é", labels: ["x"]).labels("a\\b\n\"c\" é😀")
        let expected = """
            # TYPE g gauge
            # HELP g a\\\\b\\n\\"c\\" é
            g{x="a\\\\b\\n\\"c\\" é😀"} 0
            # EOF

            """
        #expect(registry.text(Self.format) == expected)
    }

    @Test(
        "bounds are canonical numbers: Go's %g, with a point where it has none",
        arguments: [
            (0.1, "0.1"), (1, "1.0"), (10, "10.0"), (100_000, "100000.0"), (1e6, "1e+06"), (1_234_567, "1.234567e+06"),
            (12_345_678.5, "1.23456785e+07"), (1e10, "1e+10"), (1e-5, "1e-05"), (1e-10, "1e-10"), (0.0001, "0.0001"),
            (-2.5e6, "-2.5e+06"), (1e16, "1e+16"), (9_007_199_254_740_992, "9.007199254740992e+15"), (1e100, "1e+100"),
            (0x1p54, "1.8014398509481984e+16"), (0, "0.0"),
        ] as [(Double, String)])
    func bounds(bound: Double, text: String) throws {
        try registry.histogram("h", help: "h", buckets: [bound]).labels()
        #expect(registry.samples(Self.format).first == "h_bucket{le=\"\(text)\"} 0")
        #expect(Double(text) == bound)
    }

    @Test("a histogram has buckets, count, sum and creation time")
    func histogram() throws {
        let series = try registry.histogram("h", help: "h", labels: ["x"], buckets: [0.1, 1]).labels("v")
        for value in [0.05, 0.5, 7] { series.observe(value) }
        #expect(
            registry.samples(Self.format) == [
                #"h_bucket{x="v",le="0.1"} 1"#, #"h_bucket{x="v",le="1.0"} 2"#, #"h_bucket{x="v",le="+Inf"} 3"#,
                #"h_count{x="v"} 3"#, #"h_sum{x="v"} 7.55"#, #"h_created{x="v"} 1700000000.007"#,
            ])
    }

    @Test("a sum that OpenMetrics forbids is left out")
    func forbiddenSums() throws {
        try registry.histogram("below", help: "h", buckets: [-1, 1]).labels().observe(-0.5)
        try registry.histogram("nan", help: "h", buckets: [1]).labels().observe(.nan)
        #expect(
            registry.samples(Self.format) == [
                #"below_bucket{le="-1.0"} 0"#, #"below_bucket{le="1.0"} 1"#, #"below_bucket{le="+Inf"} 1"#,
                "below_created 1700000000.007",
                #"nan_bucket{le="1.0"} 0"#, #"nan_bucket{le="+Inf"} 1"#, "nan_created 1700000000.007",
            ])
    }

    @Test("each bucket shows its newest exemplar, with its time, and the text format none")
    func exemplars() throws {
        let series = try registry.histogram("h", help: "h", buckets: [1, 2]).labels()
        series.observe(0.25, exemplar: ["run_id": "old"])
        clock.advance(milliseconds: 993)
        series.observe(.milliseconds(500), exemplar: ["run_id": "a\"b", "action": "start"])
        series.observe(5, exemplar: [(key: "run_id", value: "é")])
        series.observe(1.5)
        series.observe(0.5, exemplar: [:])
        #expect(
            registry.samples(Self.format).prefix(3) == [
                #"h_bucket{le="1.0"} 3 # {action="start",run_id="a\"b"} 0.5 1700000001.000"#,
                #"h_bucket{le="2.0"} 4"#, #"h_bucket{le="+Inf"} 5 # {run_id="é"} 5 1700000001.000"#,
            ])
        #expect(!registry.text().contains("run_id"))
        #expect(registry.refusals.invalidExemplars == 0)
    }

    @Test("a counter shows its newest exemplar")
    func counterExemplars() throws {
        let series = try registry.counter("a_total", help: "h").labels()
        series.increment(exemplar: ["run_id": "1"])
        series.increment(by: 2, exemplar: ["run_id": "2"])
        series.increment(by: -1, exemplar: ["run_id": "3"])
        #expect(registry.samples(Self.format).first == #"a_total 3 # {run_id="2"} 2 1700000000.007"#)
        #expect(registry.refusals.invalidIncrements == 1)
    }

    @Test("an exemplar that is too long or has no proper label names is dropped and counted, its observation is not")
    func invalidExemplars() throws {
        let series = try registry.histogram("h", help: "h", buckets: [1]).labels()
        let longest = String(repeating: "é", count: 127)
        series.observe(0.5, exemplar: ["a": longest])
        series.observe(0.5, exemplar: ["ab": longest])
        series.observe(0.5, exemplar: ["a-b": "c"])
        series.observe(0.5, exemplar: [(key: "a", value: "1"), (key: "a", value: "2")])
        #expect(
            registry.samples(Self.format).first?.hasPrefix("h_bucket{le=\"1.0\"} 4 # {a=\"\(longest)\"} 0.5") == true)
        #expect(registry.refusals.invalidExemplars == 3)
    }

    @Test("exemplars are kept and shown by several threads at once")
    func concurrentExemplars() async throws {
        let series = try registry.histogram("h", help: "h", buckets: [1]).labels()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for step in 0..<500 { series.observe(Double(step % 3), exemplar: ["worker": "\(worker)"]) }
                }
            }
            group.addTask {
                for _ in 0..<50 {
                    let text = registry.text(Self.format)
                    #expect(text.hasSuffix("# EOF\n") && !text.contains("{}"))
                }
            }
        }
        #expect(series.snapshot().count == 2_000)
        #expect(registry.samples(Self.format).first?.contains("# {worker=") == true)
    }

    @Test("the same registry gives the same bytes")
    func deterministic() throws {
        for name in ["b", "a", "c"] {
            let family = try registry.histogram(name, help: "h", labels: ["y", "x"], buckets: [1])
            for value in ["2", "1", "3"] {
                try family.labels(value, "v").observe(0.5, exemplar: ["k": value, "j": "w"])
            }
        }
        #expect(registry.text(Self.format) == registry.text(Self.format))
    }

    @Test("the scheme dots doubles underscores in the names of metrics and labels, not in values")
    func dots() throws {
        let family = try registry.counter("a_b_total", help: "h_h", labels: ["x_y", "z"])
        try family.labels("v_\"_w", "\\").increment(by: 1, exemplar: ["run_id": "1_2"])
        let expected = """
            # TYPE a__b_ counter
            # HELP a__b_ h_h
            a__b__total{x__y="v_\\"_w",z="\\\\"} 1 # {run__id="1_2"} 1 1700000000.007
            a__b__created{x__y="v_\\"_w",z="\\\\"} 1700000000.007
            # EOF

            """
        #expect(registry.text(ExpositionFormat(.openMetrics1, escaping: .dots)) == expected)
        #expect(registry.text(ExpositionFormat(.openMetrics1, escaping: .values)).contains("\na_b_total{x_y="))
    }

    @Test("times before 1970 and within a second are written with three decimals")
    func times() throws {
        for (milliseconds, text) in [(-1, "-0.001"), (0, "0.000"), (59, "0.059"), (-1_500, "-1.500")] {
            let registry = MetricRegistry { UnixTime(milliseconds: Int64(milliseconds)) }
            try registry.counter("a_total", help: "h").labels()
            #expect(registry.samples(Self.format).last == "a_created \(text)")
        }
    }
}
