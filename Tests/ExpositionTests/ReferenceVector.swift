import Exposition
import FoundationEssentials

/// A text and the verdict of other parsers on it.
///
/// The vectors come from other projects and are not part of this repository: `GATEWARDEN_TEST_FIXTURES` names the folder
/// that holds them as `exposition/parse_text.jsonl`.
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
    }

    let id: String
    let grade: Grade
    let accept: Bool
    let entries: [Entry]?
    private let input: String?
    private let input_b64: String?
    private let input_file: String?

    static let folder = ProcessInfo.processInfo.environment["GATEWARDEN_TEST_FIXTURES"].map { $0 + "/exposition" }

    static func all() throws -> [ReferenceVector] {
        guard let folder else { return [] }
        let lines = try Data(contentsOf: URL(filePath: folder + "/parse_text.jsonl")).split(
            separator: UInt8(ascii: "\n"))
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
            case "type":
                let type = entry.type == "unknown" ? .untyped : entry.type.flatMap(ExpositionType.init(rawValue:))
                return .type(name, type ?? .untyped)
            case "help":
                return .help(name, entry.text ?? "")
            default:
                let value = entry.value.flatMap(Double.init) ?? .nan
                return .sample(
                    RecordedSample(name: name, labels: entry.labels ?? [:], value: value, timestamp: entry.ts_ms))
            }
        }
    }
}
