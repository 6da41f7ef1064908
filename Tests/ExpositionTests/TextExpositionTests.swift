import Exposition
import Glibc
import Testing

@Suite("TextExposition")
struct TextExpositionTests {
    let registry = MetricRegistry()

    @Test("a family without series still has its HELP and TYPE")
    func emptyFamily() throws {
        try registry.counter("a_total", help: "What it is.", labels: ["x"])
        #expect(registry.text() == "# HELP a_total What it is.\n# TYPE a_total counter\n")
    }

    @Test("families come by name and series by label values, whatever the order of creation")
    func order() throws {
        let second = try registry.gauge("b", help: "h", labels: ["y", "x"])
        for (y, x) in [("1", "b"), ("2", "a b"), ("1", "a"), ("2", "a")] { try second.labels(y, x) }
        try registry.gauge("a", help: "h").labels()
        let expected = [
            "a 0", #"b{x="a",y="1"} 0"#, #"b{x="a",y="2"} 0"#, #"b{x="a b",y="2"} 0"#, #"b{x="b",y="1"} 0"#,
        ]
        #expect(registry.samples() == expected)
        try second.labels("0", "a")
        #expect(registry.samples()[1] == #"b{x="a",y="0"} 0"#)
    }

    @Test("HELP escapes backslash and newline, label values the quote as well")
    func escaping() throws {
        let family = try registry.gauge("g", help: "a\\b\n\"c\" é", labels: ["x"])
        try family.labels("a\\b\n\"c\" é😀")
        let expected = """
            # HELP g a\\\\b\\n"c" é
            # TYPE g gauge
            g{x="a\\\\b\\n\\"c\\" é😀"} 0

            """
        #expect(registry.text() == expected)
    }

    @Test(
        "numbers are short and read back as the same number",
        arguments: [
            (0, "0"), (-0.0, "-0.0"), (1, "1"), (-42, "-42"), (0.1, "0.1"), (1.5e-9, "1.5e-09"), (1e6, "1000000"),
            (9_007_199_254_740_991, "9007199254740991"), (1e300, "1e+300"), (.nan, "NaN"), (.infinity, "+Inf"),
            (-.infinity, "-Inf"), (0.1 + 0.2, "0.30000000000000004"),
        ] as [(Double, String)])
    func numbers(value: Double, text: String) throws {
        try registry.gauge("g", help: "h").labels().set(value)
        #expect(registry.samples() == ["g \(text)"])
        let parsed = Double(text.replacing("+Inf", with: "inf"))
        #expect(value.isNaN || parsed == value)
    }

    @Test("a histogram has cumulative buckets that end in +Inf, a sum and a count")
    func histogram() throws {
        let series = try registry.histogram("h", help: "h", labels: ["x"], buckets: [0.1, 1, 10]).labels("v")
        for value in [0.05, 0.1, 0.5, 10, 11, .nan] { series.observe(value) }
        #expect(
            registry.samples() == [
                #"h_bucket{x="v",le="0.1"} 2"#, #"h_bucket{x="v",le="1"} 3"#, #"h_bucket{x="v",le="10"} 4"#,
                #"h_bucket{x="v",le="+Inf"} 6"#, #"h_sum{x="v"} NaN"#, #"h_count{x="v"} 6"#,
            ])
    }

    @Test("a histogram without labels has only le")
    func bareHistogram() throws {
        try registry.histogram("h", help: "h", buckets: [1]).labels().observe(.milliseconds(250))
        #expect(
            registry.samples() == [#"h_bucket{le="1"} 1"#, #"h_bucket{le="+Inf"} 1"#, "h_sum 0.25", "h_count 1"])
    }

    @Test("a buffer is used again without leftovers")
    func reusedBuffer() throws {
        try registry.gauge("g", help: "h").labels()
        var buffer = Array("leftovers of an earlier scrape".utf8)
        ExpositionFormat(.text0).write(registry, into: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == registry.text())
    }

    @Test("promtool finds nothing to say", .enabled(if: Promtool.isInstalled, "promtool is not installed"))
    func promtool() throws {
        let counter = try registry.counter("jobs_total", help: "Jobs \\ done.\n", labels: ["name"])
        try counter.labels("with \"quotes\", \\ and \n").increment(by: 0.5)
        let gauge = try registry.gauge("temperature_celsius", help: "Temperature.", labels: ["place"])
        for (place, value) in [("nan", Double.nan), ("hot", .infinity), ("cold", -.infinity), ("é😀", 1e-300)] {
            try gauge.labels(place).set(value)
        }
        let histogram = try registry.histogram(
            "wait_seconds", help: "Waiting.", unit: "seconds", labels: ["queue"], buckets: [0.1, 1, 10])
        try histogram.labels("a").observe(0.5)
        try registry.counter("empty_total", help: "Nothing yet.", labels: ["x"])
        #expect(Promtool.check(registry.text()) == "")
    }
}

/// Debian's checker of the exposition format, from the package `prometheus`.
private enum Promtool {
    static var isInstalled: Bool { system("command -v promtool >/dev/null") == 0 }

    /// What `promtool check metrics` complains about.
    static func check(_ text: String) -> String {
        var template = Array("/tmp/exposition-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return "no temporary file" }
        let file = template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
        defer { unlink(file) }
        let bytes = Array(text.utf8)
        let written = write(descriptor, bytes, bytes.count)
        close(descriptor)
        guard written == bytes.count, let pipe = popen("promtool check metrics < \(file) 2>&1", "r") else {
            return "promtool did not start"
        }
        var output: [UInt8] = []
        var byte = fgetc(pipe)
        while byte != EOF {
            output.append(UInt8(byte))
            byte = fgetc(pipe)
        }
        let complaints = String(decoding: output, as: UTF8.self)
        let status = pclose(pipe)
        return status == 0 ? complaints : "status \(status): \(complaints)"
    }
}
