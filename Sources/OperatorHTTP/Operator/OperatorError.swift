/// What can go wrong between an operator and a gateway; the message says what to do next.
public struct OperatorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure, and its name on the wire.
    public enum Code: String, Sendable, Codable, CaseIterable {
        /// There is no child with that path.
        case unknownChild = "unknown_child"
        /// The child's state does not allow the request.
        case conflict
        /// The gateway cannot answer now.
        case unavailable
        /// The request makes no sense.
        case invalid
        /// There is no such path on the server.
        case notFound = "not_found"
        /// No gateway listens where one was looked for.
        case notRunning = "not_running"
        /// The operating system does not let this user in.
        case permissionDenied = "permission_denied"
        /// No complete answer in time.
        case timedOut = "timed_out"
        /// The other side does not speak this protocol.
        case badAnswer = "bad_answer"
        /// An address or a socket path cannot be listened on.
        case cannotListen = "cannot_listen"
    }

    /// The kind of failure.
    public let code: Code
    /// What failed, on what, and what to do next.
    public let message: String

    /// Describes a failure.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What failed, on what, and what to do next.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
