import Exposition
import Testing

@Suite("OpenMetrics rules")
struct OpenMetricsRulesTests {
    @Test(
        "names and metadata belong to one metric each",
        arguments: [
            ("a{b=\"c\",} 1", .trailingComma, 1), ("# TYPE \"a\nb\" gauge", .lineBreakInName, 1),
            ("{\"a.b\"} 1", .undeclaredName, 1), ("a{b=\"c\",b=\"d\"} 1", .repeatedLabel, 1),
            ("a{__b=\"c\"} 1", .reservedLabel, 1), ("a 1\n# HELP a b", .metadataAfterSamples, 2),
            ("# HELP a b\n# HELP a b", .repeatedMetadata, 2), ("# TYPE a gauge\n# TYPE a gauge", .repeatedMetadata, 2),
            ("# UNIT a_b b\n# UNIT a_b b", .repeatedMetadata, 2), ("a 1\nb 1\na{x=\"y\"} 1", .clashingName, 3),
            ("# TYPE a counter\na_total 1\n# TYPE a_total gauge", .clashingName, 3),
            ("a_created 1\n# TYPE a counter", .clashingName, 2), ("# TYPE a_b info\n# UNIT a_b b", .unitNotAllowed, 2),
            ("# UNIT a_b b\n# TYPE a_b stateset", .unitNotAllowed, 2),
        ] as [(String, ExpositionParseError.Problem, Int)])
    func names(text: String, problem: ExpositionParseError.Problem, line: Int) throws {
        try expect(problem, at: line, of: text)
    }

    @Test(
        "the samples of a metric stand together, in the order of time",
        arguments: [
            ("# TYPE a gauge\na{x=\"1\"} 1\na{x=\"2\"} 1\na{x=\"1\"} 2 3", .interruptedMetric, 4),
            ("# TYPE a gauge\na{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 1", .repeatedSample, 3),
            ("# TYPE a gauge\na 1 1\na 1", .mixedTimestamps, 3),
            ("# TYPE a gauge\na 1 2\na 1 1.5", .timestampBackwards, 3),
            ("# TYPE a info\na_info{x=\"1\"} 1\na_info{x=\"1\"} 1", .repeatedSample, 3),
        ] as [(String, ExpositionParseError.Problem, Int)])
    func sequence(text: String, problem: ExpositionParseError.Problem, line: Int) throws {
        try expect(problem, at: line, of: text)
    }

    @Test(
        "values and labels fit the type",
        arguments: [
            ("summary", "a 1", .invalidQuantile), ("summary", "a{quantile=\"1.1\"} 1", .invalidQuantile),
            ("summary", "a{quantile=\"0.1\"} -1", .negativeValue), ("stateset", "a 1", .missingState),
            ("stateset", "a{a=\"b\"} 2", .invalidState), ("info", "a_info 2", .invalidInfo),
            ("histogram", "a_bucket 1", .invalidBound), ("histogram", "a_bucket{le=\"+inf\"} 1", .invalidBound),
            ("histogram", "a_bucket{le=\"NaN\"} 1", .invalidBound), ("histogram", "a_count 0.5", .fractionalCount),
            ("gaugehistogram", "a_bucket{le=\"1\"} Inf", .fractionalCount), ("counter", "a_total NaN", .valueNotNumber),
            ("counter", "a_total -1", .negativeValue), ("summary", "a_sum -1", .negativeValue),
            ("gaugehistogram", "a_gsum NaN", .valueNotNumber), ("gauge", "a 1 # {} 1", .exemplarNotAllowed),
            ("counter", "a_created 1 # {} 1", .exemplarNotAllowed),
            ("counter", "a_total 1 # {b=\"\(String(repeating: "ü", count: 128))\"} 1", .exemplarTooLong),
            ("counter", "a_total 1 # {b=\"1\",b=\"1\"} 1", .repeatedLabel),
        ] as [(String, String, ExpositionParseError.Problem)])
    func values(type: String, sample: String, problem: ExpositionParseError.Problem) throws {
        try expect(problem, at: 2, of: "# TYPE a \(type)\n\(sample)")
    }

    @Test(
        "a histogram adds up",
        arguments: [
            (["a_bucket{le=\"1\"} 1"], .missingInfinity, 1), (["a_sum 1"], .missingInfinity, 1),
            (["a_bucket{le=\"2\"} 1", "a_bucket{le=\"1\"} 1"], .boundsOutOfOrder, 2),
            (["a_bucket{le=\"1\"} 2", "a_bucket{le=\"+Inf\"} 1"], .bucketsNotCumulative, 2),
            (["a_bucket{le=\"+Inf\"} 2", "a_count 1", "a_sum 1"], .countMismatch, 3),
            (["a_bucket{le=\"+Inf\"} 2", "a_sum 1"], .incompleteHistogram, 2),
            (["a_bucket{le=\"+Inf\"} 2", "a_count 2"], .incompleteHistogram, 2),
            (["a_bucket{le=\"-1\"} 1", "a_bucket{le=\"+Inf\"} 2", "a_count 2", "a_sum 1"], .sumWithNegativeBounds, 4),
            (["a_bucket{x=\"1\",le=\"1\"} 1", "a_bucket{x=\"2\",le=\"+Inf\"} 1"], .missingInfinity, 1),
            (["a_bucket{le=\"1\"} 1 5", "a_bucket{le=\"+Inf\"} 1 6"], .missingInfinity, 1),
        ] as [([String], ExpositionParseError.Problem, Int)])
    func histograms(samples: [String], problem: ExpositionParseError.Problem, line: Int) throws {
        try expect(problem, at: line + 1, of: "# TYPE a histogram\n" + samples.joined(separator: "\n"))
    }

    @Test("the sum of a gauge histogram is negative only where a limit is")
    func gaugeHistograms() throws {
        let samples = "a_bucket{le=\"+Inf\"} 2\na_gcount 2\na_gsum -1"
        try expect(.negativeSum, at: 4, of: "# TYPE a gaugehistogram\n\(samples)")
        let text = "# TYPE a gaugehistogram\na_bucket{le=\"-1\"} 2\n\(samples)\n# EOF\n"
        #expect(try EntryRecorder.entries(of: text, as: .strictOpenMetrics).count == 5)
    }

    @Test(
        "what only looks like a mistake is accepted",
        arguments: [
            "# TYPE a gauge\na 1 1\na 2 1\na 3 2", "a{x=\"1\"} 1\na{x=\"2\"} 1",
            "a{b=\"e\u{301}\"} 1\na{b=\"\u{e9}\"} 1", "# TYPE \"a.b\" counter\n{\"a.b_total\"} 1",
            "# TYPE a counter\na_total{x=\"1\"} 1\na_created{x=\"1\"} 5\na_total{x=\"2\"} 1",
            "# TYPE a histogram\na_bucket{le=\"-0.5\"} 0\na_bucket{le=\"+Inf\"} 1",
            "# TYPE a histogram\na_count 1\na_sum 2\na_created 5\na_bucket{le=\"+Inf\"} 1",
            "# TYPE a info\na_info{x=\"1\"} 1 5\na_info{x=\"2\"} 1 4\na_info{x=\"3\"} 1",
            "# TYPE a summary\na_sum 1\na{quantile=\"1\"} NaN",
            "# TYPE a counter\na_total 1 # {b=\"\(String(repeating: "ü", count: 127))\"} -1 5",
            "# HELP a b\na 1\n# HELP ab c\nab 1", "# UNIT a_b \n# TYPE a_b info",
        ])
    func accepted(text: String) throws {
        #expect(throws: Never.self) { try EntryRecorder.entries(of: text + "\n# EOF\n", as: .strictOpenMetrics) }
    }

    /// Expects that a strict parser refuses a text and that a lenient one does not.
    private func expect(_ problem: ExpositionParseError.Problem, at line: Int, of text: String) throws {
        let text = text + "\n# EOF\n"
        #expect(throws: Never.self) { try EntryRecorder.entries(of: text, as: .openMetrics) }
        let error = try #require(throws: ExpositionParseError.self) {
            try EntryRecorder.entries(of: text, as: .strictOpenMetrics)
        }
        #expect(error.problem == problem && error.line == line, "\(error)")
    }
}
