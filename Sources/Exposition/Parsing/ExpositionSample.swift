/// One sample of a scraped text: a view into the parsed bytes, valid only while a visitor is called.
public struct ExpositionSample {
    /// The name of the metric.
    public let name: ExpositionText
    /// The labels in the order of the text; not read before they are iterated.
    public let labels: ExpositionLabels
    /// The value; NaN and infinities are values like others.
    public let value: Double
    /// Milliseconds since 1970, where the text gives them.
    ///
    /// OpenMetrics writes seconds; what is below a millisecond is cut off, and a time that 64 bits do not hold becomes
    /// `Int64.min`, which is what Prometheus makes of it.
    public let timestamp: Int64?
    /// The exemplar; only OpenMetrics has them.
    public let exemplar: ExpositionExemplar?
}
