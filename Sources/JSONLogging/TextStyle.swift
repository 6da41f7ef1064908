/// How log lines for people are dressed.
public struct TextStyle: Sendable {
    /// Whether levels and keys are coloured; see `usesColours`.
    public var colours: Bool
    /// The columns of the terminal that shows the lines; nil for a file or a pipe.
    ///
    /// At a terminal the date is left out, what does not fit continues on indented lines, and lists have a line for each
    /// element. Anywhere else a statement is one line with its date. It is called for each line, by the thread that logs.
    public var columns: (@Sendable () -> Int)?

    /// Describes a style.
    ///
    /// - Parameters:
    ///   - colours: Whether levels and keys are coloured.
    ///   - columns: Tells the width of the terminal; nil where there is none.
    public init(colours: Bool = false, columns: (@Sendable () -> Int)? = nil) {
        self.colours = colours
        self.columns = columns
    }

    /// Whether colours suit an output.
    ///
    /// Source of the rule: https://no-color.org
    ///
    /// - Parameters:
    ///   - isTerminal: What `isatty` says about the descriptor.
    ///   - noColor: The environment's `NO_COLOR`, `nil` when unset.
    ///   - terminal: The environment's `TERM`, `nil` when unset.
    /// - Returns: True for a terminal that is not dumb, unless `NO_COLOR` has a value.
    public static func usesColours(isTerminal: Bool, noColor: String?, terminal: String?) -> Bool {
        isTerminal && (noColor ?? "").isEmpty && terminal != "dumb"
    }
}
