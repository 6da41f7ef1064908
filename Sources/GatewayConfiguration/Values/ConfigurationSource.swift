/// Where a value comes from.
public enum ConfigurationSource: Sendable, Hashable, CustomStringConvertible {
    /// The built-in default.
    case standard
    /// A place in a file; line and column are counted from 1.
    case file(String, line: Int, column: Int)
    /// An environment variable.
    case environment(String)
    /// A command-line flag with its dashes.
    case flag(String)

    /// The source as messages and `config show` print it.
    public var description: String {
        switch self {
        case .standard: "default"
        case .file(let path, let line, let column): "\(path.escapingControls()):\(line):\(column)"
        case .environment(let name): "environment \(name.escapingControls())"
        case .flag(let name): "flag \(name)"
        }
    }
}

extension String {
    /// Replaces what would break a line or a terminal by the scalar's number.
    func escapingControls() -> String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.map { $0.isControl ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }
}

extension Unicode.Scalar {
    /// True for scalars that have no width, break lines, or command a terminal.
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
