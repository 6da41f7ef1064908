/// Receives a registry's families one after the other: by name, each with its series by labels.
///
/// An exposition format is a visitor; it decides about text, never about order or which samples exist.
protocol SampleVisitor {
    /// A family begins; the samples that follow are its own.
    mutating func family(_ descriptor: MetricDescriptor)
    /// One sample of a counter or gauge family.
    mutating func number(_ value: Double, labels: LabelSet)
    /// One sample of a histogram family.
    mutating func histogram(_ snapshot: HistogramSnapshot, labels: LabelSet)
}
