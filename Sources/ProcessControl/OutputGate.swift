/// Decides how many lines of a child's output are worth being made into text.
///
/// Asked before a line is decoded, copied or stamped, so that what a flood has beyond its limit costs no more than finding
/// the ends of its lines. Called on the thread that watches all processes: an implementation must return at once.
public protocol OutputGate: Sendable {
    /// How many lines may pass now; asked once for each piece of output that was read.
    ///
    /// - Returns: the number; zero or less lets none pass.
    func allowance() -> Int

    /// Takes note of the lines that a piece of output has completed.
    ///
    /// - Parameters:
    ///   - count: how many have passed and how many have not.
    ///   - stream: where they were written to.
    func note(_ count: LineCount, of stream: OutputLine.Stream)
}
