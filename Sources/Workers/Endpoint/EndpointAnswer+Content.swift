import Exposition
import FoundationEssentials

extension EndpointAnswer {
    /// Refuses an answer whose status says that its body is something else.
    ///
    /// - Throws: `unexpectedStatus`.
    func require(status accepted: Int...) throws(AnswerError) {
        guard accepted.contains(status) else { throw .unexpectedStatus(status, expected: accepted) }
    }

    /// Reads the body as JSON.
    ///
    /// - Parameters:
    ///   - type: What to read it as.
    ///   - strategy: How its keys are written; in snake case unless given.
    /// - Returns: What it says.
    /// - Throws: `invalidJSON`.
    func decoded<Content: Decodable>(
        as type: Content.Type,
        keys strategy: JSONDecoder.KeyDecodingStrategy = .convertFromSnakeCase
    ) throws(AnswerError) -> Content {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = strategy
        do {
            return try decoder.decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw .invalidJSON(Self.reason(error).cut(toBytes: AnswerError.reasonLimit))
        } catch {
            throw .invalidJSON("\(error)".cut(toBytes: AnswerError.reasonLimit))
        }
    }

    /// Reads the body as metrics: as OpenMetrics where the media type says so, in Prometheus' text format otherwise.
    ///
    /// - Throws: `notPrometheus` or `invalidExposition`.
    func visit(with visitor: inout some ExpositionVisitor) throws(AnswerError) {
        let syntax = contentType.flatMap(ExpositionSyntax.init(contentType:)) ?? .text
        do throws(ExpositionParseError) {
            try syntax.parse(body, into: &visitor)
        } catch {
            // A flow that is configured for it gives its metrics as a JSON object.
            let isJSON = body.first { $0 > UInt8(ascii: " ") } == UInt8(ascii: "{")
            throw isJSON ? .notPrometheus : .invalidExposition(error)
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" has another type"
        case .dataCorrupted: "it is not JSON"
        @unknown default: "it cannot be decoded"
        }
    }
}
