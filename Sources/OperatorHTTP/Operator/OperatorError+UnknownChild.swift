extension OperatorError {
    /// The error for a child that does not exist; names the closest that does.
    ///
    /// - Parameters:
    ///   - child: The path that was asked for.
    ///   - known: The paths of all children.
    /// - Returns: An error with ``Code/unknownChild``.
    public static func unknownChild(_ child: String, among known: [String]) -> OperatorError {
        let closest = known.min { editDistance($0, child) < editDistance($1, child) }
        let advice =
            closest.map { "did you mean \"\($0)\"? `gatewarden status` lists all" }
            ?? "this gateway has no children; add some to its configuration"
        return OperatorError(code: .unknownChild, message: "no child \"\(child)\": \(advice)")
    }

    /// Insertions, deletions and replacements of bytes that lead from one string to the other (Levenshtein).
    private static func editDistance(_ first: String, _ second: String) -> Int {
        let target = Array(second.utf8)
        var previous = Array(0...target.count)
        for (row, byte) in first.utf8.enumerated() {
            var current = [row + 1]
            for (column, other) in target.enumerated() {
                let replaced = previous[column] + (byte == other ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[target.count]
    }
}
