import Standins
import YAML

/// Finds what benthos' linter finds in a file whose structure can be read.
struct ConfigurationLinter {
    /// One finding.
    struct Finding: Equatable {
        /// The line, counted from 1; 0 for the file as a whole.
        let line: Int
        /// The column, counted from 1.
        var column = 1
        /// What is wrong.
        let text: String
        /// False for findings that the log writes without the file's name.
        var isOfFile = true

        /// The finding as `benthos lint` prints it.
        func printed(_ path: String) -> String { "\(path)(\(line),\(column)) \(text)" }

        /// The finding as `benthos run` logs it.
        func logged(_ path: String) -> String { isOfFile ? printed(path) : printed("") }
    }

    private var findings: [Finding] = []
    private var labelLines: [String: Int] = [:]

    /// Lints a file.
    ///
    /// - Parameter text: the parsed file
    /// - Returns: the findings in the order of the file's sections
    static func findings(in text: ConfigurationText) -> [Finding] {
        if !text.missingVariables.isEmpty {
            let names = text.missingVariables.joined(separator: " ")
            return [Finding(line: 1, text: "required environment variables were not set: [\(names)]", isOfFile: false)]
        }
        guard let root = text.root, root.mapping != nil else {
            return [Finding(line: 0, text: "expected object value, got \(Self.tag(text.root))")]
        }
        var linter = ConfigurationLinter()
        linter.lint(root)
        return linter.findings
    }

    private mutating func lint(_ root: YAMLNode) {
        checkKeys(root, ComponentSchema.topLevel)
        if let http = root["http"] { checkKeys(http, ComponentSchema.http) }
        if let logger = root["logger"] { checkKeys(logger, ComponentSchema.logger) }
        if let metrics = root["metrics"] { lint(metrics, .metrics) }
        if let input = root["input"] { lint(input, .input) }
        if let pipeline = root["pipeline"] { checkKeys(pipeline, ComponentSchema.pipeline) }
        for processor in root["pipeline"]?["processors"]?.sequence ?? [] { lint(processor, .processor) }
        if let output = root["output"] { lint(output, .output) }
        for output in root["output_resources"]?.sequence ?? [] { lint(output, .output) }
    }

    private mutating func lint(_ node: YAMLNode, _ kind: ComponentSchema.Class) {
        if let label = node["label"] { lintLabel(label) }
        for processor in node["processors"]?.sequence ?? [] { lint(processor, .processor) }
        // A component whose type cannot be told was refused before the linter came.
        guard let (type, fields) = try? ConfigurationReader.inferredType(node, kind),
            let schema = ComponentSchema.of(type, kind)
        else { return }
        if ["mapping", "bloblang", "mutation"].contains(type) {
            lintMapping(fields)
            return
        }
        checkKeys(fields, schema.fields)
        for name in schema.required where fields[name] == nil {
            findings.append(Finding(line: fields.mark.line, text: "field \(name) is required"))
        }
        if let mapping = fields["mapping"] { lintMapping(mapping) }
    }

    private mutating func checkKeys(_ node: YAMLNode, _ known: Set<String>) {
        for entry in node.mapping ?? [] {
            guard let key = entry.key.scalar?.text, !known.contains(key) else { continue }
            findings.append(Finding(line: entry.key.mark.line, text: "field \(key) not recognised"))
        }
    }

    private mutating func lintLabel(_ node: YAMLNode) {
        guard let label = node.scalar?.text, !label.isEmpty else { return }
        let line = node.mark.line
        let isValid = label.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
        }
        guard isValid, !label.hasPrefix("_") else {
            let rule = "should match the regular expression /^[a-z0-9_\\-]+$/ and must not start with an underscore"
            findings.append(Finding(line: line, text: "invalid label '\(label)': \(rule)"))
            return
        }
        if let earlier = labelLines[label] {
            let text = "label '\(label)' collides with a previously defined label at line \(earlier)"
            findings.append(Finding(line: line, text: text))
        } else {
            labelLines[label] = line
        }
    }

    private mutating func lintMapping(_ node: YAMLNode) {
        guard let text = node.scalar?.text, let column = FlowMapping.unexpectedEnd(text) else { return }
        let place = node.mark.column + column
        let problem = "required: expected query, but reached end of input"
        findings.append(Finding(line: node.mark.line, column: place, text: problem))
    }

    private static func tag(_ node: YAMLNode?) -> String {
        guard let node, let scalar = node.scalar else { return node == nil ? "!!null" : "!!seq" }
        return scalar.isNull ? "!!null" : "!!str"
    }
}
