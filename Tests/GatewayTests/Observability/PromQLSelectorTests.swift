import Testing

@Suite("PromQLSelector")
struct PromQLSelectorTests {
    private static let rows: [(String, [String])] = [
        ("up", ["up"]),
        ("vector(1)", []),
        ("sum by (le, job) (rate(a_bucket{job=\"x\"}[5m]))", ["a_bucket"]),
        ("sum(rate(a_total[1h])) without (job) > 0.1e3", ["a_total"]),
        ("a * on (instance) group_left (version) b", ["a", "b"]),
        ("a{x=\"}\\\"b\"} offset 5m or b unless c", ["a", "b", "c"]),
        ("histogram_quantile(0.95, sum by (le) (rate(d_bucket[$__rate_interval])))", ["d_bucket"]),
        ("label_replace(a, \"b\", \"c\", \"d\", '(.*)') == bool 1", ["a"]),
        ("job:a:rate5m{child=~\"$child\"} > 1h", ["job:a:rate5m"]),
    ]

    @Test("the metrics of an expression are found, and nothing else", arguments: rows)
    func names(_ expression: String, _ names: [String]) {
        #expect(PromQLSelector.all(in: expression).map(\.name) == names)
    }

    @Test("what stands between the braces is kept as it is, and so are ranges")
    func details() {
        let expression = "rate(a{x=\"}\", y=~\"$y\"}[5m]) / b"
        let expected = [
            PromQLSelector(name: "a", matchers: "x=\"}\", y=~\"$y\""), PromQLSelector(name: "b", matchers: ""),
        ]
        #expect(PromQLSelector.all(in: expression) == expected)
        #expect(PromQLSelector.ranges(in: expression) == ["5m"])
    }
}
