/// Where and why a text is not an exposition.
public struct ExpositionParseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let problem: Problem
    /// The line, counted from 1.
    public let line: Int
    /// The byte in the line at which reading ended, counted from 1; 1 where the line as a whole breaks a rule.
    public let column: Int

    /// Finds line and column of a byte; costs a pass over the bytes before it.
    init(_ problem: Problem, at position: Int, of bytes: UnsafeRawBufferPointer) {
        let before = bytes.prefix(position)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        self.problem = problem
        self.line = before.count { $0 == UInt8(ascii: "\n") } + 1
        self.column = position - lineStart + 1
    }

    /// Place and problem: `line 3, column 7: expected ...`.
    public var description: String { "line \(line), column \(column): \(problem.rawValue)" }
}
