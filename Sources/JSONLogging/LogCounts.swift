public import Logging

/// How many lines a writer took and lost since it was made; totals for metrics.
public struct LogCounts: Sendable, Equatable {
    /// Lines lost: the buffer was full, the descriptor failed, or the writer was closed.
    public internal(set) var dropped: UInt64 = 0
    /// Statements without a line of their own: another line stands for them, in its `repeated`.
    public internal(set) var folded: UInt64 = 0
    private var accepted = [UInt64](repeating: 0, count: Logger.Level.allCases.count)

    /// Lines taken into the buffer.
    ///
    /// - Parameter level: The level of the lines.
    /// - Returns: Their number.
    public func lines(_ level: Logger.Level) -> UInt64 { accepted[level.rank] }

    mutating func accept(_ level: Logger.Level) { accepted[level.rank] &+= 1 }
}
