import FoundationEssentials
import Hummingbird

extension Response {
    /// An answer for a person: plain text, not kept by any cache.
    static func text(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        bytes(ByteBuffer(string: text), contentType: "text/plain; charset=utf-8", status)
    }

    /// An answer for a program: JSON with sorted keys, not kept by any cache.
    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return bytes(ByteBuffer(bytes: try encoder.encode(value)), contentType: "application/json", status)
    }

    /// An answer with a content type of its own, not kept by any cache.
    static func bytes(_ body: ByteBuffer, contentType: String, _ status: HTTPResponse.Status = .ok) -> Response {
        let headers: HTTPFields = [
            .contentType: contentType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
