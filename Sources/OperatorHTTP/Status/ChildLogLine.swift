/// One line that a child wrote.
public struct ChildLogLine: Codable, Sendable, Equatable {
    /// Where a child wrote a line to.
    public enum Stream: String, Codable, Sendable {
        /// Standard output.
        case stdout
        /// Standard error.
        case stderr
    }

    /// When the line was read: RFC 3339, milliseconds, UTC.
    public var timestamp: String
    /// Where the child wrote the line to.
    public var stream: Stream
    /// The line without its end.
    public var text: String
    /// Whether the line was longer than what is kept of it.
    public var truncated: Bool

    /// Describes a line.
    ///
    /// - Parameters:
    ///   - timestamp: When the line was read: RFC 3339, milliseconds, UTC.
    ///   - stream: Where the child wrote the line to.
    ///   - text: The line without its end.
    ///   - truncated: Whether the line was longer than what is kept of it.
    public init(timestamp: String, stream: Stream, text: String, truncated: Bool) {
        self.timestamp = timestamp
        self.stream = stream
        self.text = text
        self.truncated = truncated
    }

    private enum CodingKeys: String, CodingKey {
        case timestamp = "ts"
        case stream, text, truncated
    }
}
