/// Where and why a text is not an exposition.
public struct ExpositionParseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong; the raw value says it in words.
    public enum Problem: String, Sendable, Equatable {
        /// A line starts with something else than a name, a brace or a comment.
        case invalidStart = "expected a metric name, \"{\" or \"#\""
        /// A HELP or TYPE line is not followed by a name.
        case missingFamilyName = "expected a metric name after HELP or TYPE"
        /// The word after a family's name is no type.
        case invalidType = "expected one of counter, gauge, histogram, summary, untyped after the metric name"
        /// A name contains a byte that it may not.
        case invalidName = "expected \"{\" or a blank after the metric name"
        /// A sample has no name.
        case missingName = "expected a quoted metric name between the braces, there is no name before them"
        /// A sample has a second name.
        case repeatedName = "expected \"=\" after a quoted label name, the metric has its name already"
        /// Something else stands where a label must start.
        case invalidLabelName = "expected a label name or \"}\""
        /// A label has no value.
        case missingEqualSign = "expected \"=\" after the label name"
        /// A label's value is not quoted, or its closing quote is missing.
        case invalidLabelValue = "expected a label value in double quotes"
        /// Bytes are not UTF-8.
        case invalidUTF8 = "the text is not valid UTF-8"
        /// A sample has no value.
        case missingValue = "expected a value after the metric"
        /// The value is not a decimal number.
        case invalidValue = "expected a decimal number, NaN, +Inf or -Inf as value"
        /// What follows the value is not a whole number of milliseconds.
        case invalidTimestamp = "expected a timestamp in milliseconds or the end of the line after the value"
        /// Something follows the timestamp.
        case trailingText = "expected the end of the line after the timestamp"
    }

    /// What is wrong.
    public let problem: Problem
    /// The line, counted from 1.
    public let line: Int
    /// The byte in the line at which reading ended, counted from 1.
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
