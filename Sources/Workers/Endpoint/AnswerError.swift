public import Exposition

/// Why an endpoint's answer says nothing about the process behind it.
public enum AnswerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The status is not one with which the endpoint gives what it was asked for.
    case unexpectedStatus(Int, expected: [Int])
    /// The metrics are JSON; the flow's configuration must say `metrics: {prometheus: {}}`.
    case notPrometheus
    /// The metrics are no Prometheus text.
    case invalidExposition(ExpositionParseError)
    /// The body is not the expected JSON; the reason has at most 200 bytes.
    case invalidJSON(String)

    static let reasonLimit = 200

    /// What is wrong with the answer, and what to do about it where the configuration is the cause.
    public var description: String {
        switch self {
        case .unexpectedStatus(let status, let expected):
            "status \(status), expected \(expected.map(String.init).joined(separator: " or "))"
        case .notPrometheus: "the metrics are JSON; configure \"metrics: {prometheus: {}}\""
        case .invalidExposition(let error): "the metrics are no Prometheus text: \(error)"
        case .invalidJSON(let reason): "unexpected answer: \(reason)"
        }
    }
}
