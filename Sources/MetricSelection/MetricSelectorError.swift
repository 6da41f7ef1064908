/// Where and why a text is not a selector; contains nothing of the text.
public struct MetricSelectorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong; the raw value says it in words.
    public enum Problem: String, Sendable, Equatable {
        /// The text does not begin with a name.
        case missingName = "expected a metric name: letters, digits, _ and :, not beginning with a digit"
        /// Something else than a brace follows the name.
        case missingBrace = "expected { or the end after the metric name"
        /// No label stands where one must.
        case missingLabel = "expected a label name or }"
        /// The metric has its name already.
        case repeatedName = "__name__ cannot be compared, the metric's name stands before the braces"
        /// The label is followed by something else than a comparison.
        case missingComparison = "expected = or != after the label name"
        /// The comparison is one that needs a pattern.
        case pattern = "patterns (=~ and !~) are not supported; use = or !="
        /// The value is not quoted.
        case missingValue = "expected a value in quotes"
        /// The value does not end.
        case missingQuote = "the closing quote of the value is missing"
        /// A backslash begins no known sequence.
        case unknownEscape = "the backslash begins no escape sequence; write \\\\ for a backslash"
        /// The escapes of a value make no text.
        case invalidText = "the value's escape sequences are not valid UTF-8"
        /// The next label is not separated, or the brace is missing.
        case missingSeparator = "expected , or } after the value"
        /// Something follows the selector.
        case trailingText = "expected the end after }"
    }

    /// What is wrong.
    public let problem: Problem
    /// The character at which the mistake is, counted from 1.
    public let position: Int

    /// Place and problem: `character 4: expected ...`.
    public var description: String { "character \(position): \(problem.rawValue)" }
}
