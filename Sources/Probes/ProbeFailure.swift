/// Why a probe failed, in words for an operator.
///
/// The message names what was asked and what came back:
/// `GET http://127.0.0.1:4195/ready: status 503, expected 200...399`.
public struct ProbeFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure, for decisions and tests.
    public enum Code: Sendable, Equatable {
        /// The process does not exist.
        case notAlive
        /// Nobody listens on the port.
        case refused
        /// The host's name has no address.
        case unresolvable
        /// The network has no way to the host.
        case unreachable
        /// No complete answer within the probe's timeout.
        case timedOut
        /// The connection ended before the answer was complete.
        case closed
        /// The answer is not HTTP, or not of the expected format.
        case malformed
        /// The status is not the expected one.
        case unexpectedStatus
        /// The body lacks the expected text.
        case unexpectedBody
        /// The answer has more bytes than are read.
        case tooLarge
        /// The metrics have no series that is meant.
        case noSeries
        /// A sample's value is not the expected one.
        case unexpectedValue
        /// The probe's command could not be started.
        case notStarted
        /// The probe's command ended in another way than with exit code 0.
        case commandFailed
        /// The process has not written the line that is waited for.
        case lineMissing
        /// The process has written a line that means failure.
        case lineOfFailure
        /// The process has not written to its notification descriptor.
        case notNotified
        /// The probe's URL cannot be asked; the configuration must change.
        case invalidTarget
        /// The probe was withdrawn before it had an answer: says nothing about the child.
        case cancelled
        /// Any other failure of the operating system or of the HTTP client.
        case other
    }

    /// The kind of failure.
    public let code: Code
    /// What was asked and what came back.
    public let message: String

    /// Describes a failure.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was asked and what came back.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
