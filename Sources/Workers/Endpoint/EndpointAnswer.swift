/// What an HTTP endpoint answered.
public struct EndpointAnswer: Sendable, Equatable {
    /// The status code.
    public let status: Int
    /// The media type as sent, with its parameters; `nil` where none was sent.
    public let contentType: String?
    /// The whole body.
    public let body: [UInt8]

    /// Describes an answer.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - contentType: The media type.
    ///   - body: The whole body.
    public init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
