/// What a flow says on `/version`.
public struct FlowVersion: Sendable, Equatable {
    /// The version of the program, such as `v4.76.0`; cut at 128 bytes.
    public let version: String
    /// When the program was built, in its own words; cut at 128 bytes.
    public let built: String?

    /// Reads the answer of `/version`.
    ///
    /// - Parameter answer: The answer.
    /// - Throws: `unexpectedStatus` or `invalidJSON`.
    public init(_ answer: EndpointAnswer) throws(AnswerError) {
        try answer.require(status: 200)
        let body = try answer.decoded(as: Body.self)
        version = body.version.cut(toBytes: 128)
        built = body.built?.cut(toBytes: 128)
    }

    private struct Body: Decodable {
        var version: String
        var built: String?
    }
}
