import Standins
import YAML

/// The text of a configuration file, with environment variables put in, parsed.
struct ConfigurationText: Sendable {
    /// The file.
    let path: String
    /// The root; nothing where the file is empty.
    let root: YAMLNode?
    /// Variables that the text names without a default and that are not set.
    let missingVariables: [String]

    /// Reads and parses a file.
    ///
    /// - Parameters:
    ///   - path: the file
    ///   - environment: variables for `${NAME}` and `${NAME:default}`
    /// - Throws: what is wrong, in the words of Go, without the path
    init(file path: String, environment: [String: String]) throws(StandinError) {
        self.path = path
        let raw = String(decoding: try FileText.read(path), as: UTF8.self)
        let (text, missing) = Self.interpolated(raw, environment)
        missingVariables = missing
        do throws(YAMLError) {
            root = try YAMLParser.parse(bytes: Array(text.utf8))
        } catch {
            throw Self.goError(error)
        }
        if let root { try Self.checkKeys(root) }
    }

    /// Puts variables in; `${! ... }` belongs to the messages and stays.
    private static func interpolated(_ text: String, _ environment: [String: String]) -> (String, [String]) {
        var (result, missing, rest) = ("", [String](), text[...])
        while let start = rest.firstRange(of: "${") {
            result += rest[..<start.lowerBound]
            let tail = rest[start.upperBound...]
            guard let end = tail.firstIndex(of: "}"), let first = tail.first, first.isLetter || first == "_" else {
                result += "${"
                rest = tail
                continue
            }
            let parts = tail[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if let value = environment[name] ?? (parts.count > 1 ? String(parts[1]) : nil) {
                result += value
            } else {
                missing.append(name)
            }
            rest = tail[tail.index(after: end)...]
        }
        return (result + rest, missing)
    }

    /// libyaml's error in the words of go-yaml: the problem alone, at the line where its context began, counted from
    /// zero by the parser and from one by the scanner.
    private static func goError(_ error: YAMLError) -> StandinError {
        let parts = error.message.split(separator: " while ", maxSplits: 1)
        let context = parts.count > 1 ? parts[1] : ""
        let begun = context.split(separator: "(begun at ").last?.split(separator: ":").first.flatMap { Int($0) }
        let line = (begun ?? error.mark.line) - (context.hasPrefix("scanning") ? 0 : 1)
        return StandinError("yaml: line \(line): \(parts.first ?? "")")
    }

    private static func checkKeys(_ node: YAMLNode) throws(StandinError) {
        for element in node.sequence ?? [] { try checkKeys(element) }
        var lines: [String: Int] = [:]
        for entry in node.mapping ?? [] {
            if let key = entry.key.scalar?.text, let earlier = lines.updateValue(entry.key.mark.line, forKey: key) {
                throw StandinError(
                    "yaml: unmarshal errors:\n  line \(entry.key.mark.line): "
                        + "mapping key \"\(key)\" already defined at line \(earlier)"
                )
            }
            try checkKeys(entry.value)
        }
    }
}
