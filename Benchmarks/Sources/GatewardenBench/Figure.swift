/// One measured figure of one supervisor.
struct Figure: Codable {
    let measure: Measure
    let supervisor: String
    let unit: String
    let summary: Summary
    /// The bar that the median must stay below; only the product has one.
    let bar: Double?

    init(measure: Measure, supervisor: String, summary: Summary, isProduct: Bool) {
        self.measure = measure
        self.supervisor = supervisor
        self.unit = measure.unit
        self.summary = summary
        self.bar = isProduct ? measure.bar : nil
    }

    /// Whether the bar, if any, was missed.
    var isMissed: Bool { bar.map { summary.median >= $0 } ?? false }
}
