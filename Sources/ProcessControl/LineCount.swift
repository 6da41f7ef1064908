/// How many lines some output had, by what became of them.
public struct LineCount: Equatable, Sendable {
    /// Lines that were handed out.
    public var passed: Int
    /// Lines that were left out.
    public var dropped: Int

    /// All lines.
    public var total: Int { passed + dropped }

    /// A count.
    ///
    /// - Parameters:
    ///   - passed: lines that were handed out.
    ///   - dropped: lines that were left out.
    public init(passed: Int = 0, dropped: Int = 0) {
        self.passed = passed
        self.dropped = dropped
    }
}
