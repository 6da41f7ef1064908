import FoundationEssentials

/// A line of the gateway's JSON log, as far as the tests look into it.
struct LogLine: Decodable, Sendable {
    let ts: String
    let level: String
    let msg: String
    let component: String
    let path: String?
    let pid: Int32?
    let listen: String?
    let state: String?
    let line: String?
    /// All fields, those above included.
    private(set) var fields: [String: LogField] = [:]

    private enum CodingKeys: String, CodingKey {
        case ts, level, msg, component, pid, listen, line
        case path = "hierarchy_path"
        case state = "to"
    }

    init(_ text: String) throws {
        let data = Data(text.utf8)
        self = try JSONDecoder().decode(LogLine.self, from: data)
        fields = try JSONDecoder().decode([String: LogField].self, from: data)
    }
}
