/// One time series of a family: the handle that code keeps and updates.
///
/// The three conforming types are `CounterSeries`, `GaugeSeries` and `HistogramSeries`; families make them. Updating a
/// series takes no lock, allocates nothing and may happen on any thread.
public protocol MetricSeries: AnyObject, Sendable {
    /// What is fixed about the family of this series.
    var descriptor: MetricDescriptor { get }
    /// The labels that tell this series from the others of its family.
    var labels: LabelSet { get }

    /// Makes a series at zero; called by families.
    ///
    /// - Parameters:
    ///   - descriptor: The family's description.
    ///   - labels: The labels of the new series.
    init(descriptor: MetricDescriptor, labels: LabelSet)
}

/// A series whose value is one number, which a collector may therefore supply at scrape time.
public protocol NumberSeries: MetricSeries {
    /// The current value.
    var value: Double { get }
}
