import Testing

/// A copy of alerting rules that fires within seconds instead of minutes: nothing in it is changed but lengths of time.
struct ShortenedRules {
    /// The rules as Prometheus reads them.
    let text: String

    /// Shortens how long a condition has to hold (`for:`) to a 600th, and how far an expression looks back (`[5m]`,
    /// `[5m:30s]`, `offset 5m`) to a 30th: a range must still hold several scrapes.
    init(_ rules: String) {
        text = rules.replacing(/(for: |\[|:|offset )(\d+)([smhd])\b/) { match in
            let (_, place, number, unit) = match.output
            let seconds = (Int(number) ?? 0) * (["s": 1, "m": 60, "h": 3600, "d": 86400][unit] ?? 0)
            return "\(place)\(max(1, seconds / (place == "for: " ? 600 : 30)))s"
        }
    }

    /// The words of the copy that differ from those of the original, in pairs.
    ///
    /// - Parameter rules: the original.
    /// - Returns: the pairs; nil where the texts have different numbers of words.
    func changes(from rules: String) -> [(original: Substring, copy: Substring)]? {
        let (before, after) = (Self.words(rules), Self.words(text))
        guard before.count == after.count else { return nil }
        return zip(before, after).filter { $0 != $1 }.map { ($0, $1) }
    }

    /// The text cut between what belongs to a duration and what does not; nothing is left out.
    private static func words(_ text: String) -> [Substring] {
        text.split(separator: /(?=\b)/)
    }
}
