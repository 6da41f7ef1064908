import Exposition
import Testing

@Suite("OpenMetricsParser")
struct OpenMetricsParserTests {
    @Test(
        "verdicts and entries are those on which Prometheus and its relatives agree",
        .enabled(if: ReferenceVector.folder != nil, "GATEWARDEN_TEST_FIXTURES names no folder with reference vectors"),
        arguments: [RecordedFormat.openMetrics, .strictOpenMetrics]
    )
    func referenceVectors(format: RecordedFormat) throws {
        let vectors = try ReferenceVector.all(.openMetrics)
        #expect(vectors.count { $0.grade == .must } >= 200)
        for vector in vectors where vector.grade == .must {
            let bytes = try vector.bytes()
            guard vector.accept else {
                #expect(throws: ExpositionParseError.self, "\(vector.id)") {
                    try EntryRecorder.entries(of: bytes, as: format)
                }
                continue
            }
            let entries = try? EntryRecorder.entries(of: bytes, as: format).map(\.normalized)
            #expect(entries == vector.expected.map(\.normalized), "\(vector.id)")
        }
    }

    @Test(
        "a strict parser refuses what the specification forbids and Prometheus accepts",
        .enabled(if: ReferenceVector.folder != nil, "GATEWARDEN_TEST_FIXTURES names no folder with reference vectors")
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
}
