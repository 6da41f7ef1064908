/// A place in a YAML text.
public struct YAMLMark: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int
    /// The column in Unicode scalars, counted from 1.
    public let column: Int

    /// Makes a mark.
    ///
    /// - Parameters:
    ///   - line: The line, counted from 1.
    ///   - column: The column in Unicode scalars, counted from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The mark as editors and compilers write it: `line:column`.
    public var description: String { "\(line):\(column)" }

    /// Orders marks as they follow each other in the text.
    public static func < (left: YAMLMark, right: YAMLMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
