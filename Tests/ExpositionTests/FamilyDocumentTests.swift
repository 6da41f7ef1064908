import Exposition
import FoundationEssentials
import Testing

@Suite("FamilyDocument")
struct FamilyDocumentTests {
    @Test("each type is written with what it needs, in both formats", arguments: DocumentExample.all)
    func types(example: DocumentExample) throws {
        let families = try ExpositionFormat.families(ofJSON: Array(example.json.utf8))
        #expect(encode(families, .openMetrics1) == example.openMetrics + "# EOF\n")
        #expect(encode(families, .text1) == example.text)
    }

    @Test(
        "the texts of the reference vectors come back from the project's own parser as they were",
        .enabled(if: ReferenceVector.folder != nil, "GATEWARDEN_TEST_FIXTURES is not set"))
    func roundTrip() throws {
        var count = 0
        for vector in try ReferenceVector.all(.openMetrics) {
            guard let document = vector.document else { continue }
            let families = try ExpositionFormat.families(ofJSON: document)
            let bytes = ExpositionFormat(.openMetrics1, escaping: .allowUTF8).encode(families)
            let again = try EntryRecorder.entries(of: bytes, as: .strictOpenMetrics).map(\.normalized)
            let given = families.flatMap { entries(of: $0) }
            #expect(again == given, "\(vector.id)")
            // What the text format cannot say is left out; the rest must be one.
            let text = ExpositionFormat(.text1, escaping: .allowUTF8).encode(families)
            #expect(throws: Never.self, "\(vector.id)") { try EntryRecorder.entries(of: text) }
            count += 1
        }
        #expect(count > 50)
    }

    @Test(
        "what is not a document, or not allowed, is refused with its place",
        arguments: [
            ("", "JSON"), ("{", "JSON"), ("[]", "document"), ("{}", "families"), ("null", "document"),
            (#"{"families":[{}]}"#, "families[0]"), (#"{"families":[{"name":""}]}"#, "no name"),
            (#"{"families":[{"name":"a","type":"x"}]}"#, "a has the type \"x\""),
            (#"{"families":[{"name":"a","samples":[{"name":"a","value":true}]}]}"#, "families[0].samples[0].value"),
            (#"{"families":[{"name":"a","samples":[{"name":"a","value":"0x1"}]}]}"#, "expected a number"),
            (#"{"families":[{"name":"a","samples":[{"name":"a","value":1e400}]}]}"#, "expected a number"),
            (#"{"families":[{"name":"a","samples":[{"name":"a","value":"1","labels":{"x":1}}]}]}"#, "labels.x"),
            (#"{"families":[{"name":"a","type":"gauge","samples":[{"name":"b","value":1}]}]}"#, "b is no sample"),
            (#"{"families":[{"name":"a","type":"gauge","series":[{}]}]}"#, "no \"value\""),
            (#"{"families":[{"name":"a","type":"histogram","series":[{}]}]}"#, "no \"buckets\""),
            (#"{"families":[{"name":"a","type":"histogram","series":[{"buckets":{"x":1}}]}]}"#, "not a number"),
            (#"{"families":[{"name":"a","type":"histogram","series":[{"buckets":[{}]}]}]}"#, "\"le\""),
            (#"{"families":[{"name":"a","type":"histogram","series":[{"buckets":{"1":1}}]}]}"#, "+Inf"),
            (#"{"families":[{"name":"a","type":"histogram","series":[{"buckets":{"1":2,"+Inf":1}}]}]}"#, "bucket"),
            (#"{"families":[{"name":"a","type":"counter","series":[{"value":-1}]}]}"#, "negative"),
            (#"{"families":[{"name":"a","type":"counter","series":[{"value":"NaN"}]}]}"#, "NaN"),
            (#"{"families":[{"name":"a","type":"gauge","series":[{"value":1},{"value":2}]}]}"#, "twice"),
            (#"{"families":[{"name":"a","type":"gauge"},{"name":"a","type":"gauge"}]}"#, "twice"),
            (#"{"families":[{"name":"a","type":"gauge","unit":"seconds"}]}"#, "unit"),
            (#"{"families":[{"name":"a","type":"gauge","series":[{"value":1,"timestamp":"NaN"}]}]}"#, "timestamp"),
            (#"{"families":[{"name":"a","type":"summary","series":[{"quantiles":{"2":1}}]}]}"#, "quantile"),
            (#"{"families":[{"name":"a","type":"stateset","series":[{"states":{"x":2}}]}]}"#, "0 or 1"),
            (#"{"families":[{"name":"a","type":"gauge","series":[{"value":1,"exemplar":{"value":1}}]}]}"#, "exemplar"),
        ])
    func refusals(json: String, text: String) {
        let error = #expect(throws: ExpositionError.self) { try ExpositionFormat.families(ofJSON: Array(json.utf8)) }
        #expect(error?.code == .invalidDocument)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test("nesting without end, bytes that are not UTF-8 and noise are refused and do no harm")
    func hostileInput() {
        var generator = SeededGenerator(seed: 11)
        let valid = Array(DocumentExample.all[0].json.utf8)
        var inputs: [[UInt8]] = [
            Array(repeating: UInt8(ascii: "["), count: 200_000), Array("{\"families\":".utf8) + [0xFF],
            Array(#"{"families":[{"name":"\ud800"}]}"#.utf8), [0], Array("{\"families\":[{\"name\":\"a\u{0}\"}]}".utf8),
        ]
        for _ in 0..<500 {
            var bytes = valid
            for _ in 0..<3 {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            inputs.append(bytes)
        }
        for input in inputs {
            // Some of the noise is still a document; what counts is that every input has an answer.
            guard let families = try? ExpositionFormat.families(ofJSON: input) else { continue }
            #expect(throws: Never.self) {
                try EntryRecorder.entries(
                    of: ExpositionFormat(.openMetrics1, escaping: .allowUTF8).encode(families), as: .strictOpenMetrics)
            }
        }
    }

    @Test("names are escaped as the scheme says, counters with their suffix")
    func escaping() throws {
        let json = #"""
            {"families":[{"name":"my.jobs","type":"counter","help":"h","series":[{"labels":{"a.b":"x.y"},"value":1}]}]}
            """#
        let families = try ExpositionFormat.families(ofJSON: Array(json.utf8))
        let expected: [(NameEscaping, String, String)] = [
            (.allowUTF8, #""my.jobs""#, #"{"my.jobs_total","a.b"="x.y"} 1"#),
            (.underscores, "my_jobs", #"my_jobs_total{a_b="x.y"} 1"#),
            (.dots, "my_dot_jobs_", #"my_dot_jobs__total{a_dot_b="x.y"} 1"#),
            (.values, "U__my_2e_jobs_", #"U__my_2e_jobs__total{U__a_2e_b="x.y"} 1"#),
        ]
        for (escaping, name, sample) in expected {
            let text = String(
                decoding: ExpositionFormat(.openMetrics1, escaping: escaping).encode(families), as: UTF8.self)
            #expect(text == "# TYPE \(name) counter\n# HELP \(name) h\n\(sample)\n# EOF\n")
        }
    }

    private func encode(_ families: [ExposedFamily], _ version: ExpositionFormat.Version) -> String {
        String(decoding: ExpositionFormat(version, escaping: .allowUTF8).encode(families), as: UTF8.self)
    }

    /// What a parser should see of a family.
    private func entries(of family: ExposedFamily) -> [RecordedEntry] {
        var entries: [RecordedEntry] = [.type(family.name, family.type)]
        if !family.unit.isEmpty { entries.append(.unit(family.name, family.unit)) }
        if !family.help.isEmpty { entries.append(.help(family.name, family.help)) }
        return entries
            + family.samples.map { sample in
                let exemplar = sample.exemplar.map {
                    RecordedExemplar(labels: $0.labels, value: $0.value, timestamp: milliseconds($0.timestamp))
                }
                return RecordedEntry.sample(
                    RecordedSample(
                        name: family.name + sample.suffix, labels: sample.labels, value: sample.value,
                        timestamp: milliseconds(sample.timestamp), exemplar: exemplar)
                ).normalized
            }
    }

    /// A time as the parser gives it: one beyond 64 bits becomes the least.
    private func milliseconds(_ seconds: Double?) -> Int64? {
        seconds.map { Int64(exactly: ($0 * 1000).rounded(.towardZero)) ?? .min }
    }
}

extension ReferenceVector {
    /// The families that a reference parser found, as a JSON document.
    var document: [UInt8]? {
        guard let families else { return nil }
        return try? Array(JSONEncoder().encode(["families": families]))
    }
}
