/// The lines of a process that tell how it does.
///
/// Texts are looked for byte by byte as they stand; a line counts as far as it was kept, which is 64 KiB. There are no
/// patterns, because lines are read on the thread that watches all processes, and the time of a pattern is unbounded.
public struct LogProbe: Sendable, Hashable {
    /// Text of the line that means success.
    public var contains: String
    /// Text of a line that means failure, also in a line that contains the other; `nil` where no line does.
    public var failsOn: String?

    /// Describes the lines.
    ///
    /// - Parameters:
    ///   - contains: Text of the line that means success.
    ///   - failsOn: Text of a line that means failure; `nil` where no line does.
    public init(contains: String, failsOn: String? = nil) {
        self.contains = contains
        self.failsOn = failsOn
    }
}
