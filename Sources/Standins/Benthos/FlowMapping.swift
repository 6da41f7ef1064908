import Standins

/// The part of the mapping language that the stand-in speaks; everything else passes a message unchanged.
///
/// `root = this`, `root = {"key": value, ...}` with numbers, texts, `counter()` and `now()`, and
/// `root = this.FIELD.METHOD()` with the methods of texts, which fail on anything else.
struct FlowMapping: Sendable, Equatable {
    private enum Form: Sendable, Equatable {
        case unchanged
        case object([String: Value])
        case textMethod(field: String, method: String)
    }

    private enum Value: Sendable, Equatable {
        case counter, now
        case constant(JSONValue)
    }

    private static let textMethods: Set<String> = ["uppercase", "lowercase", "capitalize", "trim"]
    private let form: Form

    /// Reads a mapping.
    ///
    /// - Parameter text: from the configuration
    init(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1)
        let query = parts.count == 2 ? parts[1].filter { !$0.isWhitespace } : ""
        let path = query.split(separator: ".").map(String.init)
        if path.count == 3, path[0] == "this", path[2].hasSuffix("()"),
            Self.textMethods.contains(String(path[2].dropLast(2)))
        {
            form = .textMethod(field: path[1], method: String(path[2].dropLast(2)))
        } else if query.hasPrefix("{"), query.hasSuffix("}") {
            form = .object(Self.members(parts[1]))
        } else {
            form = .unchanged
        }
    }

    /// Makes a new message or changes one.
    ///
    /// - Parameters:
    ///   - message: the message so far; nothing for an input
    ///   - count: what `counter()` says
    /// - Returns: the message behind the mapping
    /// - Throws: in the words of benthos, where a method does not fit its value
    func apply(to message: FlowMessage?, count: Int) throws(StandinError) -> FlowMessage {
        switch form {
        case .unchanged: return message ?? FlowMessage(text: "")
        case .object(let members):
            let values = members.mapValues { value -> JSONValue in
                switch value {
                case .counter: .integer(count)
                case .now: .string(Timestamp.nanoseconds())
                case .constant(let constant): constant
                }
            }
            return FlowMessage(text: JSONValue.object(values).text)
        case .textMethod(let field, let method):
            guard let message else { return FlowMessage(text: "") }
            let value = message.field(field) ?? .null
            guard case .string(let text) = value else { throw Self.mismatch(value, field) }
            return FlowMessage(text: Self.applying(method, to: text))
        }
    }

    /// The error of a text method on a field that is no text.
    ///
    /// - Parameters:
    ///   - value: what is there
    ///   - field: where it is
    /// - Returns: the words of benthos
    static func mismatch(_ value: JSONValue, _ field: String) -> StandinError {
        let type =
            switch value {
            case .null: "null"
            case .bool: "bool"
            case .integer, .double: "number"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        let shown = type == "null" || type == "object" || type == "array" ? "" : " (\(value.text))"
        return StandinError(
            "failed assignment (line 1): expected string value, got \(type) from field `this.\(field)`\(shown)"
        )
    }

    /// Where a mapping ends too early.
    ///
    /// - Parameter text: a mapping
    /// - Returns: the column behind its end, counted from 1; nothing for a complete mapping
    static func unexpectedEnd(_ text: String) -> Int? {
        var (depth, isQuoted) = (0, false)
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case "(", "[", "{": depth += isQuoted ? 0 : 1
            case ")", "]", "}": depth -= isQuoted ? 0 : 1
            default: break
            }
        }
        let trimmed = text.last { !$0.isWhitespace }
        return depth > 0 || trimmed == "=" || trimmed == nil ? text.count + 1 : nil
    }

    /// The texts of a mapping of the form `root = ["a", "b"]`.
    ///
    /// - Parameter text: a mapping
    /// - Returns: the texts; none for any other form
    static func constantList(_ text: String) -> [String] {
        guard let start = text.firstIndex(of: "["),
            case .array(let values)? = JSONValue(parsing: String(text[start...]))
        else { return [] }
        return values.map { value in
            if case .string(let text) = value { text } else { value.text }
        }
    }

    private static func members(_ text: Substring) -> [String: Value] {
        let calls = String(text)
            .replacing("counter()", with: "\"@counter()\"")
            .replacing("now()", with: "\"@now()\"")
        return (JSONValue(parsing: calls)?.fields ?? [:]).mapValues { value in
            switch value {
            case .string("@counter()"): .counter
            case .string("@now()"): .now
            default: .constant(value)
            }
        }
    }

    private static func applying(_ method: String, to text: String) -> String {
        switch method {
        case "uppercase": text.uppercased()
        case "lowercase": text.lowercased()
        case "capitalize": text.prefix(1).uppercased() + text.dropFirst()
        default: String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
    }
}
