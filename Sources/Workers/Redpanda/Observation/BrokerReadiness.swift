/// What a broker says on `/v1/status/ready`.
public enum BrokerReadiness: String, Sendable, Equatable {
    /// It serves its clients.
    case ready
    /// It is starting.
    case booting

    /// Reads the answer of `/v1/status/ready`, whose status is 200 in both cases.
    ///
    /// - Parameter answer: The answer.
    /// - Throws: `unexpectedStatus` or `invalidJSON`.
    public init(_ answer: EndpointAnswer) throws(AnswerError) {
        try answer.require(status: 200)
        let word = try answer.decoded(as: Body.self).status
        guard let readiness = BrokerReadiness(rawValue: word) else {
            throw .invalidJSON("\"status\" is neither \"ready\" nor \"booting\"")
        }
        self = readiness
    }

    private struct Body: Decodable {
        var status: String
    }
}
