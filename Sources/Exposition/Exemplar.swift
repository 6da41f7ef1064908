/// One observation that stands for the others of its bucket or counter: what it belonged to, its value and its time.
struct Exemplar: Sendable, Equatable {
    // Source: OpenMetrics 1.0, section "Exemplars".
    /// The greatest sum of the lengths of all names and values, in characters.
    static let characterLimit = 128

    let labels: LabelSet
    let value: Double
    let time: UnixTime

    /// Makes an exemplar; `nil` where a label name is not legacy or stands there twice, or where all is too long.
    init?(_ labels: some Collection<(key: String, value: String)>, value: Double, time: UnixTime) {
        let length = labels.reduce(0) { $0 + $1.key.unicodeScalars.count + $1.value.unicodeScalars.count }
        guard length <= Self.characterLimit, labels.allSatisfy({ NameRules.isLabelName($0.key) }),
            Set(labels.map(\.key)).count == labels.count
        else { return nil }
        self.labels = LabelSet(pairs: labels.map { ($0.key, $0.value) })
        self.value = value
        self.time = time
    }
}
