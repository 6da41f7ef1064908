import Standins

/// One message on its way through the flow.
struct FlowMessage: Sendable, Equatable {
    /// The content, usually JSON.
    var text: String

    /// A field of a content that is a JSON object.
    ///
    /// - Parameter name: the key
    /// - Returns: nothing where there is no such field
    func field(_ name: String) -> JSONValue? {
        JSONValue(parsing: text)?.fields[name]
    }

    /// A text in which `${! this.FIELD }` is replaced by the field.
    ///
    /// - Parameter template: the text
    /// - Returns: the text for this message; an unknown field reads `null`
    func filling(_ template: String) -> String {
        var (result, rest) = ("", template[...])
        while let start = rest.firstRange(of: "${!"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            let query = rest[start.upperBound..<end].filter { !$0.isWhitespace }
            if query.hasPrefix("this."), let value = field(String(query.dropFirst(5))) {
                if case .string(let text) = value { result += text } else { result += value.text }
            } else {
                result += query == "content()" ? text : "null"
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
