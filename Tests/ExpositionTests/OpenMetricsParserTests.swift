import Exposition
import Testing

@Suite("OpenMetricsParser")
struct OpenMetricsParserTests {
    private static let hasVectors = ReferenceVector.folder != nil
    private static let noVectors: Comment = "GATEWARDEN_TEST_FIXTURES names no folder with reference vectors"

    @Test(
        "verdicts and entries are those on which Prometheus and its relatives agree",
        .enabled(if: hasVectors, noVectors),
        arguments: [RecordedFormat.openMetrics, .strictOpenMetrics]
    )
    func referenceVectors(format: RecordedFormat) throws {
        let vectors = try ReferenceVector.all(.openMetrics).filter { $0.grade == .must }
        #expect(vectors.count >= 200)
        for vector in vectors {
            let bytes = try vector.bytes()
            guard vector.accept else {
                #expect(throws: ExpositionParseError.self, "\(vector.id)") {
                    try EntryRecorder.entries(of: bytes, as: format)
                }
                continue
            }
            let entries = try EntryRecorder.entries(of: bytes, as: format).map(\.normalized)
            #expect(entries == vector.expected.map(\.normalized), "\(vector.id)")
        }
    }

    @Test(
        "only a strict parser refuses what Prometheus accepts although the specification forbids it",
        .enabled(if: hasVectors, noVectors)
    )
    func strictVectors() throws {
        let vectors = try ReferenceVector.all(.openMetrics).filter { $0.grade == .strict }
        #expect(vectors.count >= 90)
        for vector in vectors {
            let bytes = try vector.bytes()
            #expect(throws: ExpositionParseError.self, "\(vector.id)") {
                try EntryRecorder.entries(of: bytes, as: .strictOpenMetrics)
            }
            #expect(throws: Never.self, "\(vector.id)") { try EntryRecorder.entries(of: bytes, as: .openMetrics) }
        }
    }

    @Test("entries come in the order of the text, with units and exemplars")
    func order() throws {
        let text = """
            # TYPE wait_seconds histogram
            # UNIT wait_seconds seconds
            # HELP wait_seconds How \\"long\\".
            wait_seconds_bucket{x="1",le="0.5"} 3 12.5 # {run_id="a\\"b","ü"="y"} 0.25 11.0625
            wait_seconds_bucket{x="1",le="+Inf"} 4 12.5 # {} 7
            # EOF
            """
        let first = RecordedExemplar(labels: ["run_id": "a\"b", "ü": "y"], value: 0.25, timestamp: 11_062)
        let expected: [RecordedEntry] = [
            .type("wait_seconds", .histogram), .unit("wait_seconds", "seconds"),
            .help("wait_seconds", "How \"long\"."),
            .sample(
                RecordedSample(
                    name: "wait_seconds_bucket",
                    labels: ["x": "1", "le": "0.5"],
                    value: 3,
                    timestamp: 12_500,
                    exemplar: first
                )),
            .sample(
                RecordedSample(
                    name: "wait_seconds_bucket",
                    labels: ["x": "1", "le": "+Inf"],
                    value: 4,
                    timestamp: 12_500,
                    exemplar: RecordedExemplar(value: 7)
                )),
        ]
        for format in [RecordedFormat.openMetrics, .strictOpenMetrics] {
            #expect(try EntryRecorder.entries(of: text, as: format) == expected)
        }
    }

    @Test("every type has its word")
    func types() throws {
        let text = ExpositionType.allCases.map { "# TYPE a_\($0) \($0.rawValue)\n" }.joined() + "# EOF\n"
        let expected = ExpositionType.allCases.map { RecordedEntry.type("a_\($0)", $0) }
        #expect(try EntryRecorder.entries(of: text, as: .strictOpenMetrics) == expected)
    }

    @Test(
        "a timestamp is cut to milliseconds, and one that they cannot hold is the smallest of all",
        arguments: [
            ("0.0019", 1), ("-1.5", -1500), ("1e3", 1_000_000), ("1234567890.1234", 1_234_567_890_123),
            ("1e300", .min), ("-1e300", .min), ("9223372036854774", 9_223_372_036_854_773_760),
        ] as [(String, Int64)])
    func timestamps(text: String, expected: Int64) throws {
        let entries = try EntryRecorder.entries(of: "a 1 \(text)\n# EOF", as: .openMetrics)
        #expect(entries == [.sample(RecordedSample(name: "a", value: 1, timestamp: expected))])
    }

    @Test(
        "a mistake is named with its line and column",
        arguments: [
            ("", .missingEnd, 1, 1), ("a 1\n", .missingEnd, 2, 1), ("a 1", .missingEnd, 1, 4),
            ("# TYPE a gauge", .missingEnd, 1, 15), ("# EOF\n\n", .textAfterEnd, 2, 1), ("# EOFx", .textAfterEnd, 1, 6),
            ("a 1\n\n# EOF", .invalidLine, 2, 1), ("a 1\n# a\n", .invalidLine, 2, 1), ("#EOF", .invalidLine, 1, 1),
            ("# HELP \n", .missingFamilyName, 1, 8), ("# HELP a\n", .missingMetadata, 1, 9),
            ("# TYPE a.b gauge\n", .missingMetadata, 1, 9), ("# TYPE a untyped\n", .invalidOpenMetricsType, 1, 1),
            ("# UNIT a_b a\n", .unitNotSuffix, 1, 1), ("# UNIT ab b\n", .unitNotSuffix, 1, 1),
            ("{} 1\n", .missingName, 1, 3), ("{a=\"b\"} 1\n", .missingName, 1, 8),
            ("a{\"b\"} 1\n", .repeatedName, 1, 3), ("a{ b=\"c\"} 1\n", .invalidLabelName, 1, 3),
            ("a{b =\"c\"} 1\n", .missingEqualSign, 1, 4), ("a{b=\"c\" } 1\n", .missingComma, 1, 8),
            ("a{b=\"c\n\"} 1\n", .invalidLabelValue, 1, 5), ("a{b=\"c\"}1\n", .missingBlank, 1, 9),
            ("a  1\n", .missingValue, 1, 3), ("a 1\t\n", .invalidValue, 1, 3), ("a 1 \n", .invalidSeconds, 1, 5),
            ("a 1 NaN\n", .invalidSeconds, 1, 5), ("a 1 2 3\n", .trailingContent, 1, 6),
            ("a 1 # {b} 1\n", .missingEqualSign, 1, 9), ("a 1 # {\"b\"} 1\n", .missingEqualSign, 1, 11),
            ("a 1 # {}1\n", .missingBlank, 1, 9), ("a 1 # {} 1 Inf\n", .invalidExemplarTimestamp, 1, 12),
            ("a 1 # {} 1 2 3\n", .trailingContent, 1, 13), ("a 1 #{} 1\n", .invalidSeconds, 1, 5),
        ] as [(String, ExpositionParseError.Problem, Int, Int)])
    func mistakes(text: String, problem: ExpositionParseError.Problem, line: Int, column: Int) throws {
        for format in [RecordedFormat.openMetrics, .strictOpenMetrics] {
            let error = try #require(throws: ExpositionParseError.self) {
                try EntryRecorder.entries(of: text, as: format)
            }
            #expect(error.problem == problem && error.line == line && error.column == column, "\(error)")
        }
    }

    @Test(
        "bytes that are not UTF-8 are refused wherever text is read",
        arguments: [
            "a{b=\"?\"} 1", "{\"?\"} 1", "a{\"?\"=\"c\"} 1", "# HELP a ?", "# TYPE \"?\" gauge", "a 1 # {b=\"?\"} 1",
        ])
    func invalidUTF8(text: String) throws {
        let bytes = text.utf8.map { $0 == UInt8(ascii: "?") ? 0xFF : $0 } + Array("\n# EOF\n".utf8)
        let error = try #require(throws: ExpositionParseError.self) {
            try EntryRecorder.entries(of: bytes, as: .openMetrics)
        }
        #expect(error.problem == .invalidUTF8 && error.line == 1)
    }

    @Test("a text that follows the rules is read as what it says", arguments: 0..<500 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let exposition = RandomExposition(seed: seed)
        for format in [RecordedFormat.openMetrics, .strictOpenMetrics] {
            #expect(try EntryRecorder.entries(of: exposition.text, as: format) == exposition.entries)
        }
    }

    @Test("no text makes it trap, and what is strictly right is right", arguments: 0..<4 as Range<UInt64>)
    func mutatedTexts(seed: UInt64) throws {
        let random = (0..<50).map { Array(RandomExposition(seed: $0).text.utf8) }
        let vectors = try ReferenceVector.all(.openMetrics).map { try $0.bytes() }.filter { $0.count < 4096 }
        var texts = MutatedTexts(random + vectors, seed: seed)
        for _ in 0..<5000 {
            let text = texts.next()
            let lenient = Self.result(text, .openMetrics)
            switch Self.result(text, .strictOpenMetrics) {
            case .success(let entries): #expect(try lenient.get() == entries)
            case .failure(let error):
                let lines = text.count { $0 == UInt8(ascii: "\n") } + 1
                #expect((1...lines).contains(error.line) && (1...text.count + 1).contains(error.column))
                // The strict parser meets a mistake of the grammar in the same place, or a broken rule before it.
                if case .failure(let mistake) = lenient { #expect(error.line <= mistake.line) }
            }
        }
    }

    private static func result(
        _ text: [UInt8], _ format: RecordedFormat
    ) -> Result<[RecordedEntry], ExpositionParseError> {
        Result { () throws(ExpositionParseError) in try EntryRecorder.entries(of: text, as: format) }
    }
}
