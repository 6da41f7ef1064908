import Glibc
import NIOCore
import NIOPosix

extension ProbeFailure {
    /// Describes a missing answer.
    static func timedOut(_ target: String, after timeout: Duration) -> ProbeFailure {
        ProbeFailure(code: .timedOut, message: "\(target): timed out after \(timeout.inWords)")
    }

    /// Describes what NIO says about a connection, or `nil` when it is not about a connection.
    ///
    /// - Parameters:
    ///   - target: What was asked, first words of the message.
    ///   - error: An error of NIO.
    ///   - timeout: The probe's timeout, named where the error is one of time.
    /// - Returns: The failure in an operator's words.
    static func connection(_ target: String, _ error: any Error, timeout: Duration) -> ProbeFailure? {
        switch error {
        case let error as NIOConnectionError:
            // A host with several addresses fails once for each; the first one is what the name means first.
            if let attempt = error.connectionErrors.first {
                return connection(target, attempt.error, timeout: timeout)
            }
            return ProbeFailure(code: .unresolvable, message: "\(target): the host \(error.host) has no address")
        case let error as IOError:
            let (code, words) = meaning(ofErrno: error.errnoCode) ?? (.other, error.description)
            return ProbeFailure(code: code, message: "\(target): \(words)")
        case ChannelError.connectTimeout:
            return timedOut(target, after: timeout)
        case is CancellationError:
            return ProbeFailure(code: .cancelled, message: "\(target): the probe was cancelled")
        default:
            return nil
        }
    }

    private static func meaning(ofErrno code: CInt) -> (Code, String)? {
        switch code {
        case ECONNREFUSED: (.refused, "connection refused")
        case EHOSTUNREACH, ENETUNREACH: (.unreachable, "no route to the host")
        case ETIMEDOUT: (.timedOut, "the host does not answer")
        case ECONNRESET, EPIPE: (.closed, "connection reset by the other side")
        default: nil
        }
    }
}
