/// A JSON value whose text is that of Go's `encoding/json`: keys sorted, no spaces, `<`, `>` and `&` escaped.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The compact text.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .double(let value): GoText.number(value)
        case .string(let value): Self.quoted(value, escapingHTML: true)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }
                .map { Self.quoted($0.key, escapingHTML: true) + ":" + $0.value.text }
                .joined(separator: ",") + "}"
        }
    }

    /// The members of an object; none for any other value.
    public var fields: [String: JSONValue] {
        if case .object(let fields) = self { fields } else { [:] }
    }

    /// Reads JSON; there is no value where the text is not JSON.
    ///
    /// - Parameter text: one JSON value
    public init?(parsing text: String) {
        guard let value = JSONParser.value(of: text) else { return nil }
        self = value
    }

    /// A string between quotation marks with everything escaped that must be.
    ///
    /// - Parameters:
    ///   - text: any text
    ///   - escapingHTML: whether `<`, `>` and `&` become `\u003c`, `\u003e` and `\u0026`
    /// - Returns: the quoted text
    public static func quoted(_ text: String, escapingHTML: Bool = false) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "<" where escapingHTML: result += "\\u003c"
            case ">" where escapingHTML: result += "\\u003e"
            case "&" where escapingHTML: result += "\\u0026"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral {
    /// A string written in source code.
    ///
    /// - Parameter value: the string
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}
