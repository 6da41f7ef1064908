/// What kept a worker from doing what it should: on what, and what to do next.
public struct WorkerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text for operators.
    public let description: String

    /// Creates an error.
    ///
    /// - Parameter description: what failed, on what, and what to do next; no secrets.
    public init(_ description: String) {
        self.description = description
    }
}
