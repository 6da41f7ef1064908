/// What a client asked over HTTP.
public struct HTTPQuestion: Sendable {
    /// `GET`, `PUT`, ...
    public let method: String
    /// The path without its query.
    public let path: String
    /// The body as text; empty where there is none.
    public let body: String
}

/// What the program answers over HTTP.
public struct HTTPReply: Sendable, Equatable {
    /// The status code.
    public let status: Int
    /// The value of `Content-Type`.
    public let contentType: String
    /// Further header fields.
    public let fields: [String: String]
    /// The body.
    public let body: String

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - body: its text
    ///   - contentType: by default what Go guesses for text
    ///   - status: the status code
    ///   - fields: further header fields
    public init(
        _ body: String,
        contentType: String = "text/plain; charset=utf-8",
        status: Int = 200,
        fields: [String: String] = [:]
    ) {
        self.status = status
        self.contentType = contentType
        self.fields = fields
        self.body = body
    }

    /// An answer in JSON.
    ///
    /// - Parameters:
    ///   - body: JSON text
    ///   - status: the status code
    /// - Returns: the answer with the media type of JSON
    public static func json(_ body: String, status: Int = 200) -> HTTPReply {
        HTTPReply(body, contentType: "application/json", status: status)
    }
}
