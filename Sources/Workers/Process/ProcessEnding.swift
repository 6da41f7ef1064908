public import ProcessControl

/// How a process ended, and after how long.
public struct ProcessEnding: Sendable, Equatable, CustomStringConvertible {
    /// Exit code or signal.
    public let status: ProcessExit.Status
    /// How long the process ran.
    public let runTime: Duration

    /// Creates an ending.
    public init(status: ProcessExit.Status, runTime: Duration) {
        self.status = status
        self.runTime = runTime
    }

    /// Tells whether the ending counts as a success.
    ///
    /// - Parameter codes: the exit codes that do.
    /// - Returns: whether it does; an ending by a signal never does.
    public func isSuccess(_ codes: Set<Int32>) -> Bool {
        switch status {
        case .exited(let code): codes.contains(code)
        case .signaled, .unknown: false
        }
    }

    /// The text for operators, such as `ended with exit code 1`.
    public var description: String {
        "ended with \(status)"
    }
}
