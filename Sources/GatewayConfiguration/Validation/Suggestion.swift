/// Guesses what an unknown word was meant to be.
enum Suggestion {
    /// Longer words are not compared: a comparison costs the product of both lengths.
    private static let longestWord = 64

    /// Gives the words to append to a message: the nearest known word, if any is near.
    ///
    /// - Parameters:
    ///   - word: The unknown word.
    ///   - known: The words that would be accepted.
    /// - Returns: `, did you mean "web"?` or nothing.
    static func text(for word: String, among known: some Sequence<String>) -> String {
        guard word.utf8.count <= longestWord else { return "" }
        let tolerance = max(1, word.utf8.count / 3)
        let nearest = known.lazy.filter { $0.utf8.count <= longestWord }
            .map { (distance: distance(word, $0), word: $0) }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
        guard let nearest, nearest.distance <= tolerance else { return "" }
        return ", did you mean \"\(nearest.word)\"?"
    }

    /// Counts the single-character edits between two words, letter case aside.
    ///
    /// Source: Levenshtein distance by the algorithm of Wagner and Fischer, 1974.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.lowercased().utf8)
        var previous = Array(0...right.count)
        for (row, byte) in left.lowercased().utf8.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (byte == other ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
