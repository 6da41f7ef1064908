import SystemPackage
import YAML

/// One thing that the real program finds wrong with the configuration of a flow.
public struct FlowFinding: Sendable, Equatable {
    /// What is wrong, in the words of the program.
    public let text: String
    /// The line of the checked file, counted from 1; nil where the program names none.
    public let line: Int?
    /// The column in that line, counted from 1; nil where the program names none.
    public let column: Int?
    /// The setting that stands on that line, such as `pipeline.processors[0].mapping`; nil where there is none.
    public internal(set) var setting: String?

    /// Reads a line of the program: `FILE(LINE,COLUMN) what is wrong`, or any other text.
    init(_ line: String, in file: FilePath) {
        guard line.hasPrefix("\(file)("), let end = line.firstIndex(of: ")") else {
            (text, self.line, column) = (line, nil, nil)
            return
        }
        let place = line[..<end].dropFirst(file.string.utf8.count + 1).split(separator: ",")
        text = String(line[end...].dropFirst().drop { $0 == " " })
        self.line = place.first.flatMap { Int($0) }
        column = place.count == 2 ? Int(place[1]) : nil
    }

    /// Describes a finding that has no place.
    init(_ text: String) {
        (self.text, line, column) = (text, nil, nil)
    }

    /// The finding with its place in a file.
    func description(in file: FilePath) -> String {
        guard let line, let column else { return text }
        return "\(file.lastComponent?.string ?? file.string), line \(line), column \(column): \(text)"
    }
}

/// Everything that the real program finds wrong with the configuration of a flow.
public struct FlowFindings: Error, Sendable, Equatable {
    /// The findings, never empty.
    public let findings: [FlowFinding]
}

extension YAMLNode {
    /// Names the last setting that begins on or before a line.
    ///
    /// - Parameter line: the line, counted from 1.
    /// - Returns: the path from the root, such as `pipeline.processors[0].mapping`; nil before the first setting.
    func setting(atLine line: Int) -> String? {
        var path = ""
        var node = self
        while let (step, next) = node.child(atLine: line) {
            path += path.isEmpty || step.hasPrefix("[") ? step : ".\(step)"
            node = next
        }
        return path.isEmpty ? nil : path
    }

    private func child(atLine line: Int) -> (step: String, node: YAMLNode)? {
        switch content {
        case .scalar:
            return nil
        case .sequence(let elements):
            return elements.lastIndex { $0.mark.line <= line }.map { ("[\($0)]", elements[$0]) }
        case .mapping(let entries):
            return entries.last { $0.key.mark.line <= line }.map { ($0.key.scalar?.text ?? "", $0.value) }
        }
    }
}
