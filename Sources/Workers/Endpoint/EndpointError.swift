import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Why an endpoint gave no answer.
///
/// The message names what was asked and what happened: `GET http://127.0.0.1:4195/ready: connection refused`.
public struct EndpointError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure, for decisions and tests.
    public enum Code: Sendable, Equatable {
        /// Nobody listens on the port.
        case refused
        /// No complete answer within the timeout.
        case timedOut
        /// The connection ended before the answer was complete.
        case closed
        /// The body is larger than allowed.
        case tooLarge
        /// The answer is not HTTP.
        case malformed
        /// Host, port and path make no URL; the configuration must change.
        case invalidTarget
        /// The request was withdrawn: says nothing about the process.
        case cancelled
        /// Any other failure of the operating system or of the HTTP client.
        case other
    }

    /// The kind of failure.
    public let code: Code
    /// What was asked and what happened.
    public let message: String

    /// The message.
    public var description: String { message }

    /// Puts what the HTTP client or the operating system says into an operator's words.
    init(_ target: String, _ error: any Error, timeout: Duration) {
        let (code, words) = Self.meaning(of: error, timeout: timeout)
        self.code = code
        self.message = "\(target): \(words)"
    }

    private static func meaning(of error: any Error, timeout: Duration) -> (Code, String) {
        switch error {
        case let error as HTTPClientError: meaning(of: error, timeout: timeout)
        case let error as ResponseAccumulator.ResponseTooBigError:
            (.tooLarge, "the body has more than \(error.maxBodySize) bytes")
        case let error as NIOConnectionError:
            // A name with several addresses fails once for each; the first one is what the name means first.
            error.connectionErrors.first.map { meaning(of: $0.error, timeout: timeout) }
                ?? (.other, "the host has no address")
        case let error as IOError: meaning(of: error)
        case HTTPParserError.invalidEOFState: (.closed, "closed before the answer was complete")
        case let error as HTTPParserError: (.malformed, "not an HTTP answer (\(error))")
        case is CancellationError: (.cancelled, "withdrawn")
        default: (.other, "\(error)")
        }
    }

    private static func meaning(of error: HTTPClientError, timeout: Duration) -> (Code, String) {
        switch error {
        case .connectTimeout, .deadlineExceeded, .readTimeout, .getConnectionFromPoolTimeout:
            (.timedOut, "no complete answer within \(Int(timeout / .milliseconds(1))) ms")
        case .cancelled: (.cancelled, "withdrawn")
        case .remoteConnectionClosed: (.closed, "closed before the answer was complete")
        case .invalidURL, .emptyHost, .emptyScheme: (.invalidTarget, "not a URL; correct host, port and path")
        default: (.other, error.shortDescription)
        }
    }

    private static func meaning(of error: IOError) -> (Code, String) {
        switch error.errnoCode {
        case ECONNREFUSED: (.refused, "connection refused")
        case ECONNRESET, EPIPE: (.closed, "connection reset by the other side")
        case ETIMEDOUT: (.timedOut, "the host does not answer")
        default: (.other, error.description)
        }
    }
}
