import AsyncHTTPClient
import Glibc
import NIOCore

extension OperatorError {
    /// Describes why no answer came over the control socket.
    ///
    /// - Parameters:
    ///   - socket: Where the gateway was looked for.
    ///   - runDirectory: The run directory as the operator gave it.
    ///   - error: What the client or the operating system said.
    ///   - timeout: Time that the answer was given.
    /// - Returns: An error that says what to do next.
    static func unreachable(
        _ socket: ControlSocket,
        runDirectory: String,
        _ error: any Error,
        timeout: Duration
    ) -> OperatorError {
        switch error {
        case let error as IOError:
            unreachable(socket, runDirectory: runDirectory, errno: error.errnoCode) ?? noAnswer(socket, "\(error)")
        case SocketAddressError.unixDomainSocketPathTooLong:
            OperatorError(
                code: .invalid,
                message: "no gateway can listen on \(socket.path): the path has more than "
                    + "\(ControlSocket.pathLimit) bytes; give a shorter one with --run-dir"
            )
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout, .connectTimeout].contains(error):
            OperatorError(
                code: .timedOut,
                message: "the gateway at \(socket.path) did not answer within \(timeout); see its log for what it does"
            )
        default:
            noAnswer(socket, "\(error)")
        }
    }

    private static func unreachable(
        _ socket: ControlSocket,
        runDirectory: String,
        errno code: CInt
    ) -> OperatorError? {
        switch code {
        case ENOENT, ENOTDIR, ECONNREFUSED:
            OperatorError(
                code: .notRunning,
                message: "no gateway is running with run directory \(runDirectory) (looked for \(socket.path)); "
                    + "start it with `gatewarden run --run-dir \(runDirectory)` or give --run-dir"
            )
        case EACCES, EPERM:
            OperatorError(
                code: .permissionDenied,
                message: "permission denied on \(socket.path), which \(socket.owners); join that group or use `sudo`"
            )
        default:
            nil
        }
    }

    private static func noAnswer(_ socket: ControlSocket, _ reason: String) -> OperatorError {
        OperatorError(code: .badAnswer, message: "no answer from the gateway at \(socket.path): \(reason); try again")
    }
}
