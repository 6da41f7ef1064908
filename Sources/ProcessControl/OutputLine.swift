/// One line of a child's output.
public struct OutputLine: Equatable, Sendable {
    /// Where a line was written to.
    public enum Stream: String, Equatable, Sendable, CaseIterable {
        /// Standard output.
        case stdout
        /// Standard error.
        case stderr
    }

    /// Where the line was written to.
    public let stream: Stream
    /// The text without its line end; bytes that are not UTF-8 stand as `\xNN`.
    public let text: String
    /// How many bytes at the end of the line were dropped because it was too long.
    public let droppedBytes: Int

    /// Whether the end of the line was dropped.
    public var isTruncated: Bool { droppedBytes > 0 }

    /// A line.
    ///
    /// - Parameters:
    ///   - stream: where it was written to.
    ///   - text: its text.
    ///   - droppedBytes: how many bytes of it are missing.
    public init(stream: Stream, text: String, droppedBytes: Int = 0) {
        self.stream = stream
        self.text = text
        self.droppedBytes = droppedBytes
    }
}
