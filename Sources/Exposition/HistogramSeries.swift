public import CoreMetrics
internal import Synchronization

/// Observations counted in buckets.
public final class HistogramSeries: MetricSeries {
    /// What is fixed about the family of this series.
    public let descriptor: MetricDescriptor
    /// The labels that tell this series from the others of its family.
    public let labels: LabelSet
    private let bounds: [Double]
    private let counts: AtomicCounts
    private let sum = AtomicDouble(0)

    /// Makes a series at zero; called by families.
    ///
    /// - Parameters:
    ///   - descriptor: The family's description.
    ///   - labels: The labels of the new series.
    public init(descriptor: MetricDescriptor, labels: LabelSet) {
        self.descriptor = descriptor
        self.labels = labels
        self.bounds = descriptor.bounds
        self.counts = AtomicCounts(count: bounds.count + 1)
    }

    /// Counts one observation.
    ///
    /// - Parameter value: The observed number in the family's unit; NaN counts in the `+Inf` bucket.
    public func observe(_ value: Double) {
        var index = 0
        // Buckets are few and the low ones usually hit: a scan beats a binary search. A NaN compares false throughout.
        while index < bounds.count, !(value <= bounds[index]) { index += 1 }
        counts.increment(at: index)
        sum.add(value)
    }

    /// Counts one duration, in seconds.
    ///
    /// - Parameter duration: The observed time; a negative one changes nothing and is counted in `Refusals`.
    public func observe(_ duration: Duration) {
        guard duration >= .zero else { return refuse() }
        observe(duration / .seconds(1))
    }

    /// What the histogram holds now.
    ///
    /// Each bucket is read once and the total is their sum, so the buckets and the count always agree. Observations
    /// under way while it runs may be in a bucket and not yet in the sum.
    public func snapshot() -> HistogramSnapshot {
        HistogramSnapshot(counts: counts.load(), sum: sum.load())
    }

    private func refuse() {
        descriptor.refusals.negativeDurations.wrappingAdd(1, ordering: .relaxed)
    }
}

/// The state of a histogram series at one moment.
public struct HistogramSnapshot: Sendable, Equatable {
    /// Observations per bucket, not cumulated; the last is the bucket up to `+Inf`.
    public let counts: [UInt64]
    /// The sum of all observations.
    public let sum: Double

    /// The number of all observations.
    public var count: UInt64 { counts.reduce(0, &+) }
}

extension HistogramSeries: RecorderHandler, TimerHandler {
    /// Counts one observation on behalf of a swift-metrics recorder.
    ///
    /// - Parameter value: The observed number.
    public func record(_ value: Int64) {
        observe(Double(value))
    }

    /// Counts one observation on behalf of a swift-metrics recorder.
    ///
    /// - Parameter value: The observed number.
    public func record(_ value: Double) {
        observe(value)
    }

    /// Counts one duration, in seconds, on behalf of a swift-metrics timer.
    ///
    /// - Parameter duration: Nanoseconds; a negative number changes nothing and is counted in `Refusals`.
    public func recordNanoseconds(_ duration: Int64) {
        guard duration >= 0 else { return refuse() }
        observe(Double(duration) / 1_000_000_000)
    }
}
