import FoundationEssentials
import ProcessControl
import SystemPackage
import Testing

/// The vectors of other parsers, which `GATEWARDEN_TEST_FIXTURES` names the folder of, as requests of a batch.
@Suite("metrics parse: vectors", .timeLimit(.minutes(2)))
struct MetricsVectorTests {
    private struct Vector: Decodable {
        let id: String
        let grade: String
        let accept: Bool
        let entries: [Entry]?
    }

    private struct Answer: Decodable {
        let id: String
        let accept: Bool
        let error: String?
        let entries: [Entry]?
    }

    private struct Entry: Decodable, Equatable {
        let kind: String
        let name: String
        let type: String?
        let text: String?
        var labels: [String: String]?
        let value: String?
        let ts_ms: Int64?
        let exemplar: Exemplar?

        /// With `le` and `quantile` in one form: some write `1`, others `1.0`.
        var normalized: Entry {
            var entry = self
            for label in ["le", "quantile"] {
                guard let number = labels?[label].flatMap(Double.init) else { continue }
                entry.labels?[label] = "\(number)"
            }
            return entry
        }
    }

    private struct Exemplar: Decodable, Equatable {
        let labels: [String: String]?
        let value: String
        let ts_ms: Int64?
    }

    private static let folder = Binaries.environment("GATEWARDEN_TEST_FIXTURES").map { "\($0)/exposition" }

    @Test(
        "the binary's answers are those on which other parsers agree",
        .enabled(if: folder != nil, "GATEWARDEN_TEST_FIXTURES names no folder with reference vectors"),
        arguments: [("parse_text.jsonl", "text"), ("parse_om.jsonl", "openmetrics")],
        [false, true]
    )
    func vectors(file: (name: String, format: String), isStrict: Bool) async throws {
        let folder = try #require(Self.folder)
        let vectors = try Self.lines(FilePath("\(folder)/\(file.name)"), of: Vector.self)
        let directory = try TestDirectory()
        let answers = directory.path.appending("answers")
        let command = "cd \"$1\" && exec \"$2\" metrics parse --batch --format \"$3\" $4 \"$5\" > \"$6\""
        let arguments = [folder, Binaries.gateway.string, file.format, isStrict ? "--strict" : "", file.name]
        let result = try await Program.run("/bin/sh", ["-c", command, "sh"] + arguments + [answers.string])
        #expect(result.status == .exited(code: 0) && result.text(.stderr) == "")
        let given = try Self.lines(answers, of: Answer.self)
        #expect(given.map(\.id) == vectors.map(\.id) && vectors.count >= 100)
        for (vector, answer) in zip(vectors, given) where vector.grade != "info" {
            // What the specification alone refuses, a scraper accepts.
            let isAccepted = vector.accept || vector.grade == "strict" && !isStrict
            #expect(answer.accept == isAccepted, "\(vector.id): \(answer.error ?? "")")
            guard vector.accept else { continue }
            #expect(answer.entries?.map(\.normalized) == vector.entries?.map(\.normalized), "\(vector.id)")
        }
    }

    private static func lines<Line: Decodable>(_ file: FilePath, of type: Line.Type) throws -> [Line] {
        try TestDirectory.content(of: file).split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(type, from: Data($0))
        }
    }
}
