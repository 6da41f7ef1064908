import EmbeddedFiles
import Testing
import YAML

/// A rule of Prometheus, as far as the tests look into it.
struct AlertRule: Sendable {
    /// The name of the alert, or of the series that a recording rule makes.
    let name: String
    /// Whether it makes a series instead of an alert.
    let isRecording: Bool
    let expression: String
    let annotations: [String: String]

    /// The rules of all files of the binary.
    static func all() throws -> [AlertRule] {
        try EmbeddedFiles.alerts.flatMap { file in
            let root = try #require(try YAMLParser.parse(bytes: file.bytes), "\(file.name)")
            let groups = try #require(root["groups"]?.sequence, "\(file.name)")
            return try groups.flatMap { try ($0["rules"]?.sequence ?? []).map(AlertRule.init) }
        }
    }

    private init(_ node: YAMLNode) throws {
        let record = node["record"]?.scalar?.text
        isRecording = record != nil
        name = try #require(record ?? node["alert"]?.scalar?.text)
        expression = try #require(node["expr"]?.scalar?.text, "\(name)")
        let fields = node["annotations"]?.mapping ?? []
        annotations = fields.reduce(into: [:]) { texts, field in
            if let key = field.key.scalar?.text { texts[key] = field.value.scalar?.text }
        }
    }
}
