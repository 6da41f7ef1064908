public import OperatorHTTP
import SystemPackage

/// Why a command of the gateway ended without success; the raw values are its exit codes.
public enum ExitStatus: Int32, Sendable {
    /// It did what was asked.
    case success = 0
    /// It failed while running, or a request was refused.
    case failure = 1
    /// The configuration is wrong; nothing was started.
    case badConfiguration = 2
    /// Another gateway runs on the same directories, or none runs where one was asked for.
    case notAvailable = 3
}

/// An error that ends a command.
public struct GatewayFailure: Error, Sendable, CustomStringConvertible {
    /// The exit code.
    public let status: ExitStatus
    /// What failed, on what, and what to do next; one or more lines.
    public let message: String

    /// Creates a failure.
    public init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// Creates the failure of a command that a running gateway refused or that could not reach one.
    public init(_ error: OperatorError) {
        switch error.code {
        case .notRunning, .permissionDenied:
            self.init(.notAvailable, error.message)
        case .unknownChild, .conflict, .unavailable, .invalid, .notFound, .timedOut, .badAnswer, .cannotListen:
            self.init(.failure, error.message)
        }
    }

    /// The message.
    public var description: String { message }

    /// Writes the message to standard error, each line after the program's name; blocks until it is written.
    public func writeToStandardError() {
        let lines = message.split(separator: "\n").map { "gatewarden: \($0)\n" }.joined()
        // Who closed standard error does not want to know; the exit code still tells.
        _ = try? FileDescriptor.standardError.writeAll(lines.utf8)
    }
}
