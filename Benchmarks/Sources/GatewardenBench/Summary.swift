/// Samples of one figure in brief.
struct Summary: Codable {
    let count: Int
    let median: Double
    let minimum: Double
    let maximum: Double

    /// Sums up samples; nil without any.
    init?(_ samples: [Double]) {
        let sorted = samples.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        count = sorted.count
        minimum = first
        maximum = last
        median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
