public import Exposition

/// What a parser makes of a text, as one line of JSON.
public struct ExpositionAnswer: Sendable {
    /// Where and why the text was refused; `nil` where it was not.
    public let error: ExpositionParseError?
    /// The object without a line end: `accept`, then `entries`, or `error`, `line` and `column`.
    public let json: [UInt8]

    /// Parses a text.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - syntax: The format that it is in.
    ///   - strict: Whether all rules of OpenMetrics are checked.
    ///   - id: A JSON value that the answer begins with, to tell answers apart.
    public init(to bytes: [UInt8], in syntax: ExpositionSyntax, strict: Bool, id: String? = nil) {
        var entries = EntryJSON()
        do throws(ExpositionParseError) {
            try syntax.parse(bytes, strict: strict, into: &entries)
            error = nil
            var json = Self.beginning(id: id)
            json.append(contentsOf: "\"accept\":true,\"entries\":[".utf8)
            json.append(contentsOf: entries.bytes)
            json.append(contentsOf: "]}".utf8)
            self.json = json
        } catch {
            self.error = error
            let place = ",\"line\":\(error.line),\"column\":\(error.column)}"
            json = Self.refusal(error.description, id: id) + Array(place.utf8)
        }
    }

    /// The answer to a request that cannot be carried out.
    ///
    /// - Parameters:
    ///   - reason: What is wrong with the request.
    ///   - id: A JSON value that the answer begins with.
    /// - Returns: The object without a line end.
    static func badRequest(_ reason: String, id: String? = nil) -> [UInt8] {
        refusal("bad request: \(reason)", id: id) + Array("}".utf8)
    }

    private static func refusal(_ error: String, id: String?) -> [UInt8] {
        var json = beginning(id: id)
        json.append(contentsOf: "\"accept\":false,\"error\":".utf8)
        JSONText.append(error, to: &json)
        return json
    }

    private static func beginning(id: String?) -> [UInt8] {
        Array((id.map { "{\"id\":\($0)," } ?? "{").utf8)
    }
}
