/// Receives a registry's families one after the other: by name, each with its series by labels.
///
/// An exposition format is a visitor; it decides about text, never about order or which samples exist.
protocol SampleVisitor {
    /// A family begins; the samples that follow are its own.
    mutating func family(_ descriptor: MetricDescriptor)
    /// A series of a gauge family, or one of either kind that a collector supplies.
    mutating func number(_ value: Double, labels: LabelSet)
    /// A series of a counter family.
    mutating func counter(_ series: CounterSeries)
    /// A series of a histogram family.
    mutating func histogram(_ series: HistogramSeries)
}
