import Exposition
import Testing

@Suite("TextExpositionParser")
struct TextExpositionParserTests {
    @Test(
        "verdicts and entries are those on which Prometheus and its relatives agree",
        .enabled(if: ReferenceVector.folder != nil, "GATEWARDEN_TEST_FIXTURES names no folder with reference vectors")
    )
    func referenceVectors() throws {
        let vectors = try ReferenceVector.all()
        #expect(vectors.count { $0.grade == .must } >= 90)
        for vector in vectors where vector.grade != .info {
            let bytes = try vector.bytes()
            guard vector.accept else {
                #expect(throws: ExpositionParseError.self, "\(vector.id)") { try EntryRecorder.entries(of: bytes) }
                continue
            }
            let entries = try EntryRecorder.entries(of: bytes).map(Self.normalized)
            #expect(entries == vector.expected.map(Self.normalized), "\(vector.id)")
        }
    }

    /// The entry with `le` and `quantile` in one form, since the vectors write "1" as "1.0".
    private static func normalized(_ entry: RecordedEntry) -> RecordedEntry {
        guard case .sample(var sample) = entry else { return entry }
        for label in ["le", "quantile"] {
            guard let number = sample.labels[label].flatMap(Double.init) else { continue }
            sample.labels[label] = "\(number)"
        }
        return .sample(sample)
    }
}
