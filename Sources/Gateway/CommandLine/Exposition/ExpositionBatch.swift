public import Exposition
import FoundationEssentials

/// Answers requests to parse a text, each of which is one line of JSON.
///
/// A request has `input` (the text), `input_b64` (its bytes in base64) or `input_file` (a path), and where it differs
/// from what the command line says `format` (`text` or `openmetrics`) and `strict`. An `id`, a text or a number, comes
/// back in the answer. Other fields are ignored.
public struct ExpositionBatch: Sendable {
    /// Bytes of one line, at most; enough for a text of the largest size in base64.
    public static let lineLimit = 2 * ExpositionInput.sizeLimit

    private let syntax: ExpositionSyntax?
    private let isStrict: Bool

    /// Makes a batch.
    ///
    /// - Parameters:
    ///   - syntax: The format of texts whose request names none; `nil` finds it out from each text.
    ///   - strict: Whether all rules of OpenMetrics are checked where a request does not say it.
    public init(syntax: ExpositionSyntax?, strict: Bool) {
        self.syntax = syntax
        isStrict = strict
    }

    /// Carries out one request; reads a file where the request names one.
    ///
    /// - Parameter line: The request without its line end; `nil` for a line that was longer than ``lineLimit``.
    /// - Returns: The answer in JSON without a line end; one that says so where the request is bad.
    public func answer(to line: [UInt8]?) -> [UInt8] {
        guard let line else { return ExpositionAnswer.badRequest("more than \(Self.lineLimit >> 20) MiB") }
        let request: Request
        do {
            request = try JSONDecoder().decode(Request.self, from: Data(line))
        } catch let error as DecodingError {
            return ExpositionAnswer.badRequest(Self.reason(error))
        } catch {
            return ExpositionAnswer.badRequest("\(error)")
        }
        do throws(GatewayFailure) {
            let bytes = try request.bytes()
            let syntax = try request.syntax() ?? self.syntax ?? ExpositionSyntax(detectedIn: bytes)
            return ExpositionAnswer(
                to: bytes,
                in: syntax,
                strict: request.strict ?? isStrict,
                id: request.id?.json
            ).json
        } catch {
            return ExpositionAnswer.badRequest(error.message, id: request.id?.json)
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context) where context.codingPath.isEmpty: "not a JSON object"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has another type"
        case .dataCorrupted: "not JSON"
        @unknown default: "cannot be decoded"
        }
    }

    /// A line.
    private struct Request: Decodable {
        enum CodingKeys: String, CodingKey {
            case id
            case format
            case strict
            case input
            case base64 = "input_b64"
            case file = "input_file"
        }

        let id: ID?
        let format: String?
        let strict: Bool?
        let input: String?
        let base64: String?
        let file: String?

        func syntax() throws(GatewayFailure) -> ExpositionSyntax? {
            guard let format else { return nil }
            guard let syntax = ExpositionSyntax(rawValue: format) else {
                throw GatewayFailure(.failure, "format is \"\(format)\", expected text or openmetrics")
            }
            return syntax
        }

        func bytes() throws(GatewayFailure) -> [UInt8] {
            switch (input, base64, file) {
            case (let input?, nil, nil): return Array(input.utf8)
            case (nil, let base64?, nil):
                guard let data = Data(base64Encoded: base64) else {
                    throw GatewayFailure(.failure, "input_b64 is not base64")
                }
                return Array(data)
            case (nil, nil, let file?): return try ExpositionInput.read(file: file)
            default: throw GatewayFailure(.failure, "expected one of input, input_b64 and input_file")
            }
        }
    }

    /// What the answer to a request is known by.
    private enum ID: Decodable {
        case text(String)
        case number(Int64)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // A number that is no text is tried next; where it is neither, its error tells.
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(try container.decode(Int64.self))
            }
        }

        var json: String {
            switch self {
            case .text(let text):
                var bytes: [UInt8] = []
                JSONText.append(text, to: &bytes)
                return String(decoding: bytes, as: UTF8.self)
            case .number(let number): return String(number)
            }
        }
    }
}
