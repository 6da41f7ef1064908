import Exposition
import Testing

@Suite("TextExpositionParser")
struct TextExpositionParserTests {
    @Test(
        "verdicts and entries are those on which Prometheus and its relatives agree",
        .enabled(if: ReferenceVector.folder != nil, "GATEWARDEN_TEST_FIXTURES names no folder with reference vectors")
    )
    func referenceVectors() throws {
        let vectors = try ReferenceVector.all(.text)
        #expect(vectors.count { $0.grade == .must } >= 90)
        for vector in vectors where vector.grade != .info {
            let bytes = try vector.bytes()
            guard vector.accept else {
                #expect(throws: ExpositionParseError.self, "\(vector.id)") { try EntryRecorder.entries(of: bytes) }
                continue
            }
            let entries = try EntryRecorder.entries(of: bytes).map(\.normalized)
            #expect(entries == vector.expected.map(\.normalized), "\(vector.id)")
        }
    }

    @Test("samples, types and descriptions come in the order of the text")
    func order() throws {
        let text = """
            # HELP a What it\\nis.
            # TYPE a counter
            a{x="1",y="2"} 3 1234
              a 4

            # TYPE b untyped
            b{} NaN
            """
        let expected: [RecordedEntry] = [
            .help("a", "What it\nis."), .type("a", .counter),
            .sample(RecordedSample(name: "a", labels: ["x": "1", "y": "2"], value: 3, timestamp: 1234)),
            .sample(RecordedSample(name: "a", value: 4)), .type("b", .unknown),
            .sample(RecordedSample(name: "b", value: .nan)),
        ]
        #expect(try EntryRecorder.entries(of: text) == expected)
    }

    @Test("names in quotes may be any UTF-8, and the metric's stands anywhere between the braces")
    func quotedNames() throws {
        let expected = RecordedSample(name: "größe in °C", labels: ["a.b": "\"\\\n\\t", "c": "ü"], value: 1)
        for text in [#"{"größe in °C","a.b"="\"\\\n\t",c="ü"} 1"#, #"{"a.b"="\"\\\n\t",c="ü","größe in °C",}1"#] {
            #expect(try EntryRecorder.entries(of: text) == [.sample(expected)])
        }
        let metadata = try EntryRecorder.entries(of: "# HELP \"a \\\"b\\\"\" c\\\\d\\\"\n# TYPE \"a b\" gauge")
        #expect(metadata == [.help("a \"b\"", "c\\d\\\""), .type("a b", .gauge)])
    }

    @Test("labels are compared by their meaning")
    func labelComparison() throws {
        struct Comparison: ExpositionVisitor {
            var isEqual: [Bool] = []
            mutating func sample(_ sample: ExpositionSample) {
                isEqual.append(sample.name == "a" && sample.labels["x"].map { $0 == "v" } ?? false)
                isEqual.append(sample.labels["y"].map { $0 == "q\"\\" && !($0 == "q") } ?? false)
                isEqual.append(sample.labels["z"] == nil && sample.labels["e"].map(\.isEmpty) ?? false)
            }
        }
        var comparison = Comparison()
        try TextExpositionParser().parse(Array(#"a{x="v",y="q\"\\",e=""} 1"#.utf8), into: &comparison)
        #expect(comparison.isEqual == [true, true, true])
    }

    @Test(
        "a mistake is named with its line and column",
        arguments: [
            ("a 1\nb true\n", .invalidValue, 2, 3), ("a 1\n\n  ?", .invalidStart, 3, 3), ("a", .missingValue, 1, 2),
            ("a 1\r\n", .invalidValue, 1, 3), ("my.metric 1", .invalidName, 1, 3),
            ("a{b=\"c\"} ", .missingValue, 1, 10),
            ("a{b=c} 1", .invalidLabelValue, 1, 5), ("a{b=\"c} 1\n", .invalidLabelValue, 1, 5),
            ("a{b=\"\\\n\"} 1", .invalidLabelValue, 1, 5), ("a{b} 1", .missingEqualSign, 1, 4),
            ("a{,} 1", .invalidLabelName, 1, 3), ("a{b=\"c\",,} 1", .invalidLabelName, 1, 9),
            ("a{\"\"=\"c\"} 1", .invalidLabelName, 1, 5), ("{} 1", .missingName, 1, 3),
            ("{x=\"y\"} 1", .missingName, 1, 8),
            ("a{\"b\"} 1", .repeatedName, 1, 3), ("a{} 1 -2", .invalidTimestamp, 1, 7),
            ("a 1 2 3", .trailingText, 1, 7),
            ("a 1 99999999999999999999", .invalidTimestamp, 1, 5), ("# TYPE a thing", .invalidType, 1, 10),
            ("# TYPE a", .invalidType, 1, 9), ("# HELP \n", .missingFamilyName, 1, 8),
            ("# HELP a.b c", .invalidName, 1, 9), ("# TYPE a-counter", .invalidName, 1, 9),
            ("a 1 # {} 1", .invalidTimestamp, 1, 5),
        ] as [(String, ExpositionParseError.Problem, Int, Int)])
    func mistakes(text: String, problem: ExpositionParseError.Problem, line: Int, column: Int) throws {
        let error = try #require(throws: ExpositionParseError.self) { try EntryRecorder.entries(of: text) }
        #expect(error.problem == problem && error.line == line && error.column == column, "\(error)")
        #expect(error.description == "line \(line), column \(column): \(problem.rawValue)")
    }

    @Test(
        "bytes that are not UTF-8 are refused wherever text is read, and comments may hold anything",
        arguments: ["a{b=\"?\"} 1", "{\"?\"} 1", "a{\"?\"=\"c\"} 1", "# HELP a ?", "# TYPE \"?\" gauge"])
    func invalidUTF8(text: String) throws {
        let bytes = text.utf8.map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        let error = try #require(throws: ExpositionParseError.self) { try EntryRecorder.entries(of: bytes) }
        #expect(error.problem == .invalidUTF8)
        #expect(try EntryRecorder.entries(of: Array("# ".utf8) + bytes).isEmpty)
    }

    @Test("no text makes it trap", arguments: 0..<4 as Range<UInt64>)
    func mutatedTexts(seed: UInt64) throws {
        let text = "# HELP a b\n# TYPE a counter\na{b=\"c\\n\",\"d\"=\"é\"} +Inf 12\n{\"e f\",g=\"h\"}1e-5\n"
        let vectors = try ReferenceVector.all(.text).map { try $0.bytes() }.filter { $0.count < 4096 }
        var texts = MutatedTexts([Array(text.utf8)] + vectors, seed: seed)
        for _ in 0..<10_000 {
            let text = texts.next()
            do throws(ExpositionParseError) {
                _ = try EntryRecorder.entries(of: text)
            } catch {
                #expect((1...text.count + 1).contains(error.line) && (1...text.count + 1).contains(error.column))
            }
        }
    }
}
