import Exposition
import FoundationEssentials

/// A text and the verdict of other parsers on it.
///
/// The vectors come from other projects and are not part of this repository: `GATEWARDEN_TEST_FIXTURES` names the folder
/// that holds them as `exposition/parse_text.jsonl` and `exposition/parse_om.jsonl`.
struct ReferenceVector: Decodable {
    enum Grade: String, Decodable {
        /// All parsers agree.
        case must
        /// Prometheus accepts, the specification does not.
        case strict
        /// The parsers disagree.
        case info
    }

    struct Entry: Decodable {
        var kind: String
        var name: String?
        var type: String?
        var text: String?
        var labels: [String: String]?
        var value: String?
        var ts_ms: Int64?
        var exemplar: Exemplar?
    }

    struct Exemplar: Decodable {
        var labels: [String: String]?
        var value: String
        var ts_ms: Int64?
    }

    /// The files, one for each format.
    enum File: String {
        case text = "parse_text"
        case openMetrics = "parse_om"
    }

    let id: String
    let grade: Grade
    let accept: Bool
    let entries: [Entry]?
    /// The same as families, where there are any.
    let families: JSONValue?
    private let input: String?
    private let input_b64: String?
    private let input_file: String?

    static let folder = ProcessInfo.processInfo.environment["GATEWARDEN_TEST_FIXTURES"].map { $0 + "/exposition" }

    static func all(_ file: File) throws -> [ReferenceVector] {
        guard let folder else { return [] }
        let data = try Data(contentsOf: URL(filePath: "\(folder)/\(file.rawValue).jsonl"))
        let lines = data.split(separator: UInt8(ascii: "\n"))
        return try lines.map { try JSONDecoder().decode(ReferenceVector.self, from: $0) }
    }

    func bytes() throws -> [UInt8] {
        if let input { return Array(input.utf8) }
        if let input_b64, let data = Data(base64Encoded: input_b64) { return Array(data) }
        guard let folder = Self.folder, let input_file else { throw CocoaError(.fileNoSuchFile) }
        return Array(try Data(contentsOf: URL(filePath: "\(folder)/\(input_file)")))
    }

    /// The entries in the form in which a parser's are recorded.
    var expected: [RecordedEntry] {
        (entries ?? []).map { entry in
            let name = entry.name ?? ""
            switch entry.kind {
            case "type": return .type(name, entry.type.flatMap(ExpositionType.init(rawValue:)) ?? .unknown)
            case "help": return .help(name, entry.text ?? "")
            case "unit": return .unit(name, entry.text ?? "")
            default:
                let sample = RecordedSample(
                    name: name,
                    labels: entry.labels ?? [:],
                    value: entry.value.flatMap(Double.init) ?? .nan,
                    timestamp: entry.ts_ms,
                    exemplar: entry.exemplar.map {
                        RecordedExemplar(
                            labels: $0.labels ?? [:], value: Double($0.value) ?? .nan, timestamp: $0.ts_ms)
                    }
                )
                return .sample(sample)
            }
        }
    }
}
