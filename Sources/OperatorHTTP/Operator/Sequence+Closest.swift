extension Sequence<String> {
    /// The name that is the closest to one that does not exist, or nil where there are none.
    func closest(to name: String) -> String? {
        self.min { editDistance($0, name) < editDistance($1, name) }
    }
}

/// Insertions, deletions and replacements of bytes that lead from one string to the other (Levenshtein).
private func editDistance(_ first: String, _ second: String) -> Int {
    let target = Array(second.utf8)
    var previous = Array(0...target.count)
    for (row, byte) in first.utf8.enumerated() {
        var current = [row + 1]
        for (column, other) in target.enumerated() {
            let replaced = previous[column] + (byte == other ? 0 : 1)
            current.append(Swift.min(replaced, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[target.count]
}
